package org.netchannel.bench.speed;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.netchannel.bench.hosts.HostClient;
import org.netchannel.bench.hosts.HostTransport;
import org.netchannel.bench.hosts.Order;
import org.netchannel.bench.hosts.Order.Task;

/** What is asked about two hosts, or two processes of one. */
public final class HostQuestions {
    private static final int BULK = 1 << 18;
    private static final int SHORT = 1 << 12;

    private HostQuestions() {}

    /**
     * All of them. Nothing is promised here: that depends on what is between the hosts.
     *
     * @param server where the other host serves
     * @return in the order in which they are asked
     */
    public static List<Question> all(InetSocketAddress server) {
        HostClient client = new HostClient(server);
        return List.of(
                question("stream", "One connection from the other host, 256 KiB writes.", client, Task.SOURCE, BULK),
                question("messages", "Messages of 4 KiB on one connection from the other host.", client,
                        Task.SOURCE, SHORT),
                question("ping-pong", "4 KiB to the other host and back.", client, Task.ECHO, SHORT));
    }

    private static Question question(String name, String text, HostClient client, Task task, int size) {
        List<Contender> contenders = Arrays.stream(HostTransport.values())
                .<Contender>map(it -> new HostContender(client, new Order(task, it, size))).toList();
        return new Question(name, text, contenders, List.of());
    }
}
