package org.netchannel.conformance.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.Reason;

/**
 * A process as an endpoint: every call is a line to its standard input, every outcome a line from its standard output
 * (endpoint.md, line protocol). An answer that is none ends in a {@link ViolationFound}, and so does every call after
 * it. One thread calls at a time.
 */
public final class ExecEndpoint implements Endpoint, AutoCloseable {
    /** What all violations are called that only the line protocol knows. */
    public static final String KIND = "the endpoint answered something else";

    /** The clause that these violations break: no protocol's, but the endpoint's. */
    public static final String CLAUSE = Overseer.CLAUSE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHORT_ANSWER = 1 << 17;
    private static final int LONGEST_ANSWER = 1 << 26;
    private static final int MOST_SHOWN = 240;

    /** Reads the result of a call that went well. */
    private interface Result<T> {
        T read(Fields fields) throws IllFormedException;
    }

    private final ExecProcess process;
    private Optional<Violation> violation = Optional.empty();

    ExecEndpoint(ExecProcess process) {
        this.process = process;
    }

    /**
     * Whether what was wrong is that no answer came in time.
     *
     * @param violation any violation
     * @return true for one of these
     */
    public static boolean isHang(Violation violation) {
        return violation.kind().equals(KIND) && violation.details().getFirst().startsWith(ExecProcess.HUNG);
    }

    private static ObjectNode request(String op) {
        return JSON.createObjectNode().put("op", op);
    }

    private <T> Outcome<T> call(ObjectNode request, Result<T> result) {
        return call(request, SHORT_ANSWER, result);
    }

    private <T> Outcome<T> call(ObjectNode request, long longestAnswer, Result<T> result) {
        violation.ifPresent(before -> {
            throw new ViolationFound(before);
        });
        byte[] line = line(request);
        try {
            return switch (process.ask(line, (int) Math.min(longestAnswer, LONGEST_ANSWER))) {
                case ExecProcess.Answer.Line(Bytes answer) -> outcome(line, answer, result);
                case ExecProcess.Answer.None(String problem, Bytes written) -> throw found(line, problem, written);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an endpoint answers", e);
        }
    }

    private static byte[] line(ObjectNode request) {
        try {
            byte[] json = JSON.writeValueAsBytes(request);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that can't be written", e);
        }
    }

    private <T> Outcome<T> outcome(byte[] request, Bytes answer, Result<T> result) throws InterruptedException {
        try {
            Fields fields = Fields.parse(answer);
            if (fields.flag("ok")) {
                return Outcome.ok(result.read(fields));
            }
            String message = fields.has("message") ? fields.text("message") : "";
            return new Outcome.Failed<>(fields.constant("error", ErrorCode.class),
                    fields.optionalConstant("reason", Reason.class), message);
        } catch (IllFormedException e) {
            throw found(request, e.getMessage(), answer);
        }
    }

    private ViolationFound found(byte[] request, String problem, Bytes written) throws InterruptedException {
        violation = Optional.of(violation(process, request, problem, written));
        return new ViolationFound(violation.get());
    }

    /** What it is when a process has answered something else; ends the process. */
    static Violation violation(ExecProcess process, byte[] request, String problem, Bytes written)
            throws InterruptedException {
        List<String> details = new ArrayList<>(List.of(problem));
        details.add("request: " + shown(Bytes.of(request)));
        if (written.length() > 0) {
            details.add("answer: " + shown(written));
        }
        process.close();
        List<String> words = process.lastWords();
        details.add("standard error: " + (words.isEmpty() ? "nothing" : ""));
        words.forEach(word -> details.add("  " + word));
        return new Violation(KIND, Set.of(CLAUSE), details);
    }

    /** Bytes as text on one line, cut where they are many. */
    static String shown(Bytes bytes) {
        int length = Math.min(bytes.length(), MOST_SHOWN);
        String text = new String(bytes.array(), bytes.from(), length, StandardCharsets.UTF_8).stripTrailing();
        return length == bytes.length() ? text : text + "... (" + bytes.length() + " bytes)";
    }

    private static Done nothing(Fields fields) {
        return Done.DONE;
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        ObjectNode request = request("open");
        ObjectNode settings = request.putObject("config");
        config.given().forEach(settings::put);
        request.put("seed", seed);
        incarnation.ifPresent(life -> request.put("incarnation", HexFormat.of().toHexDigits(life)));
        return call(request, fields -> new Identity(fields.text("name"), fields.text("version")));
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        ObjectNode request = request("channelUp")
                .put("channel", channel).put("class", channelClass.name()).put("dialer", dialer);
        return call(request, ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        return call(request("channelDown").put("channel", channel), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        return call(request("channelDrain").put("channel", channel), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        return call(request("listen").put("port", port).put("backlog", backlog), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        return call(request("unlisten").put("port", port), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        return call(request("connect").put("port", port).put("class", trafficClass.name()), ExecEndpoint::connected);
    }

    private static Connected connected(Fields fields) throws IllFormedException {
        return new Connected((int) fields.integer("socket", 0, Integer.MAX_VALUE), fields.hex("connection"));
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        return call(request("accept").put("port", port),
                fields -> fields.isNull("socket") ? Optional.empty() : Optional.of(connected(fields)));
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        ObjectNode request = request("send").put("socket", socket).put("data", text(data));
        return call(request, fields -> (int) fields.integer("taken", 0, data.length()));
    }

    private static String text(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        return call(request("receive").put("socket", socket).put("max", max), longest(max), fields -> {
            Bytes data = fields.base64("data");
            boolean end = fields.flagOrFalse("end");
            if (data.length() > Math.max(0, max)) {
                throw new IllFormedException("data has " + data.length() + " bytes, legal are at most " + max);
            }
            return new Received(data, end);
        });
    }

    /** The length of an answer with so many bytes in base64, and what goes with them. */
    private static long longest(long bytes) {
        return SHORT_ANSWER + Math.max(0, bytes) * 4 / 3;
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        return call(request("shutdown").put("socket", socket), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Done> close(int socket) {
        return call(request("close").put("socket", socket), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Done> abort(int socket) {
        return call(request("abort").put("socket", socket), ExecEndpoint::nothing);
    }

    @Override
    public Outcome<Status> status(int socket) {
        return call(request("status").put("socket", socket), fields -> new Status(
                fields.constant("state", State.class), fields.optionalConstant("reason", Reason.class)));
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes packet) {
        return call(request("deliver").put("channel", channel).put("packet", text(packet)),
                fields -> new Delivery(fields.flag("accepted"), fields.flagOrFalse("failed")));
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        long most = (long) Math.max(0, max) * (PacketHeader.BYTES + PacketHeader.MAX_PAYLOAD + 8);
        return call(request("pull").put("channel", channel).put("max", max), longest(most),
                fields -> fields.base64List("packets", max));
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        return call(request("advance").put("nanos", nanos), ExecEndpoint::nothing);
    }

    /** Ends the process; an endpoint that is good gets the time to end by itself. */
    @Override
    public void close() {
        process.close(violation.isPresent());
    }

    /** Its process, and what that has started as far as one can see. */
    List<ProcessHandle> handles() {
        return process.handles();
    }
}
