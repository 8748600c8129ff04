package org.netchannel.bench.speed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.netchannel.bench.hosts.HostClient;
import org.netchannel.bench.hosts.HostDevice;
import org.netchannel.bench.hosts.HostTransport;
import org.netchannel.bench.hosts.Order;
import org.netchannel.bench.hosts.Order.Task;
import org.netchannel.bench.hosts.Testpmd;

/** What is asked about two hosts, or two processes of one. */
public final class HostQuestions {
    private static final int BULK = 1 << 18;
    private static final int SHORT = 1 << 12;
    private static final List<HostTransport> KERNEL =
            List.of(HostTransport.NIO, HostTransport.TCP_INVOKER, HostTransport.TCP_DEDICATED);
    private static final List<HostTransport> COMPARATORS = List.of(HostTransport.NIO, HostTransport.TCP_INVOKER);
    private static final String TO_KERNEL = "dpdk-to-tcp";
    private static final String TESTPMD = "testpmd";

    private final HostClient client;
    /** The stack on a device here, and over what it meets the other host; empty without a device. */
    private final List<String> onDevice = new ArrayList<>();
    private final boolean isTestpmdThere;

    private HostQuestions(HostClient client) throws IOException {
        this.client = client;
        boolean isDeviceThere =
                client.device().isPresent() && client.isServed(new Order(Task.ECHO, HostTransport.DPDK_INVOKER, 1));
        if (isDeviceThere) {
            onDevice.add(HostTransport.DPDK_INVOKER.tableName());
        }
        if (client.device().filter(device -> device.isOnLink(client.server().getAddress())).isPresent()) {
            onDevice.add(TO_KERNEL);
        }
        isTestpmdThere = isDeviceThere && Testpmd.isThere() && client.isServed(TestpmdContender.FRAMES);
    }

    /**
     * All of them. Nothing is promised here: that depends on what is between the hosts. With a device, the stack is on
     * it here, and at the other end on the other host's device, where there is one, and on its kernel, where that is on
     * the device's network.
     *
     * @param client knows where the other host serves
     * @return in the order in which they are asked
     * @throws IOException when the other host can't be asked what it has
     */
    public static List<Question> all(HostClient client) throws IOException {
        HostQuestions questions = new HostQuestions(client);
        return List.of(
                questions.stream(),
                questions.question("messages", "Messages of 4 KiB on one connection from the other host.", Task.SOURCE,
                        SHORT, Quantity.MESSAGES_PER_SECOND),
                questions.question("ping-pong", "4 KiB to the other host and back.", Task.ECHO, SHORT,
                        Quantity.P50_MICROSECONDS));
    }

    private Question stream() {
        Question without = question("stream", "One connection from the other host, 256 KiB writes.", Task.SOURCE, BULK,
                Quantity.GBIT_PER_SECOND);
        if (!isTestpmdThere) {
            return without;
        }
        List<Contender> contenders = new ArrayList<>(without.contenders());
        contenders.add(new TestpmdContender(client, client.device().orElseThrow()));
        List<Demand> ratios = new ArrayList<>(without.demands());
        onDevice.forEach(name -> ratios.add(new Demand(Quantity.GBIT_PER_SECOND, name, TESTPMD, null)));
        return new Question(without.name(), without.text(), contenders, ratios);
    }

    private Question question(String name, String text, Task task, int size, Quantity quantity) {
        List<Contender> contenders = new ArrayList<>();
        for (HostTransport kernel : KERNEL) {
            contenders.add(HostContender.alike(client, new Order(task, kernel, size)));
        }
        List<Demand> ratios = new ArrayList<>();
        for (String ours : onDevice) {
            HostTransport there = ours.equals(TO_KERNEL) ? HostTransport.TCP_INVOKER : HostTransport.DPDK_INVOKER;
            contenders.add(new HostContender(ours, client, new Order(task, there, size), HostTransport.DPDK_INVOKER));
            COMPARATORS.forEach(it -> ratios.add(new Demand(quantity, ours, it.tableName(), null)));
        }
        return new Question(name, text, contenders, ratios);
    }
}
