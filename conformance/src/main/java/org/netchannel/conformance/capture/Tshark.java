package org.netchannel.conformance.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.netchannel.conformance.capture.Segment.Address;

/**
 * Reads the TCP segments of a capture with tshark, which knows the file formats and link types. Only TCP is dissected
 * and nothing is reassembled there, so that what is in the payload has no influence on it.
 */
final class Tshark {
    /** What to say when it is not there. */
    static final String MISSING = "tshark is not there; it reads captures: apt-get install tshark";

    private static final int FIELDS = 11;
    private static final int SHOWN = 80;
    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final List<String> OPTIONS = List.of(
            "-n", "-Y", "tcp and not icmp and not icmpv6",
            "-o", "tcp.desegment_tcp_streams:FALSE",
            "-o", "tcp.analyze_sequence_numbers:FALSE",
            "-o", "tcp.relative_sequence_numbers:FALSE",
            "-d", "tcp.port==1-65535,data",
            "-T", "fields", "-E", "separator=/t", "-E", "occurrence=l",
            "-e", "frame.time_epoch", "-e", "ip.src", "-e", "ipv6.src", "-e", "ip.dst", "-e", "ipv6.dst",
            "-e", "tcp.srcport", "-e", "tcp.dstport", "-e", "tcp.flags", "-e", "tcp.seq_raw", "-e", "tcp.ack_raw",
            "-e", "tcp.len", "-e", "tcp.payload");

    private final String program;

    /** Takes each segment, in the order of the file. */
    interface Sink {
        void take(Segment segment) throws IOException;
    }

    Tshark(String program) {
        this.program = program;
    }

    /**
     * Reads a capture.
     *
     * @param capture a pcap or pcapng file
     * @param sink takes the segments
     * @return what tshark complained about at the end of a capture of which it could read the beginning; mostly empty
     * @throws CaptureException when tshark is not there, or can't read the file
     */
    String read(Path capture, Sink sink) throws IOException, InterruptedException {
        Process process = start(capture);
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        AtomicReference<String> complaint = new AtomicReference<>("");
        Thread complaints = Thread.ofPlatform().daemon().name("tshark").start(() -> complaint.set(lastLine(process)));
        long count = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                sink.take(segment(line));
                count++;
            }
            complaints.join();
            if (process.waitFor() != 0 && count == 0) {
                throw new CaptureException("tshark can't read it: " + complaint.get());
            }
            return process.exitValue() == 0 ? "" : complaint.get();
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    private Process start(Path capture) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(program, "-r", capture.toAbsolutePath().toString()));
        command.addAll(OPTIONS);
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new CaptureException(MISSING);
        }
    }

    /** The last complaint that is not about who runs it. */
    private static String lastLine(Process process) {
        String last = "";
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("Running as user")) {
                    last = line.strip();
                }
            }
        } catch (IOException e) {
            return last.isEmpty() ? e.toString() : last;
        }
        return last;
    }

    private static Segment segment(String line) throws CaptureException {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS + 1) {
            throw unexpected(line);
        }
        try {
            String payload = fields[11].replace(":", "");
            return new Segment(
                    nanos(fields[0]),
                    new Address(fields[1] + fields[2], Integer.parseInt(fields[5])),
                    new Address(fields[3] + fields[4], Integer.parseInt(fields[6])),
                    Integer.decode(fields[7]),
                    Integer.parseUnsignedInt(fields[8]),
                    fields[9].isEmpty() ? 0 : Integer.parseUnsignedInt(fields[9]),
                    fields[10].isEmpty() ? 0 : Integer.parseInt(fields[10]),
                    HexFormat.of().parseHex(payload));
        } catch (IllegalArgumentException e) {
            throw unexpected(line);
        }
    }

    private static CaptureException unexpected(String line) {
        String begin = line.substring(0, Math.min(SHOWN, line.length()));
        return new CaptureException("tshark said something unexpected: " + begin);
    }

    private static long nanos(String seconds) {
        int point = seconds.indexOf('.');
        String whole = point < 0 ? seconds : seconds.substring(0, point);
        String fraction = point < 0 ? "" : seconds.substring(point + 1);
        String digits = (fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS);
        return Long.parseLong(whole) * NANOS_PER_SECOND + Long.parseLong(digits);
    }
}
