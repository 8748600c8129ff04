package org.netchannel.conformance.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ErrorCode;

/** A process that lines are written to, one or more at a time. One thread calls. */
final class LineStage implements AutoCloseable {
    private static final int LONGEST_ANSWER = 1 << 17;

    private final ExecImplementation implementation;
    private final List<String> sent;
    private ExecProcess process;

    LineStage(ExecImplementation implementation, List<String> sent) {
        this.implementation = implementation;
        this.sent = sent;
        process = implementation.start();
    }

    /** Ends the process, and starts another. */
    void startAgain() {
        process.close();
        sent.clear();
        process = implementation.start();
    }

    /** Sends a request and takes its answer, whatever it says. */
    JsonNode ask(String line) throws InterruptedException {
        sent.add(shown(line));
        byte[] bytes = bytes(line);
        return answer(bytes, process.ask(bytes, LONGEST_ANSWER));
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends requests in one piece and takes their answers. */
    List<JsonNode> askAll(List<String> lines) throws InterruptedException {
        sent.addAll(lines);
        byte[] bytes = bytes(String.join("\n", lines));
        process.askAll(bytes, lines.size(), LONGEST_ANSWER);
        List<JsonNode> answers = new ArrayList<>();
        for (String line : lines) {
            answers.add(answer(bytes(line), process.next()));
        }
        return answers;
    }

    private JsonNode answer(byte[] request, ExecProcess.Answer answer) throws InterruptedException {
        return switch (answer) {
            case ExecProcess.Answer.Line(Bytes line) -> answer(request, line);
            case ExecProcess.Answer.None(String problem, Bytes written) ->
                throw new ViolationFound(ExecEndpoint.violation(process, request, problem, written));
        };
    }

    private JsonNode answer(byte[] request, Bytes line) throws InterruptedException {
        try {
            Fields fields = Fields.parse(line);
            if (!fields.flag("ok")) {
                fields.constant("error", ErrorCode.class);
            }
            return fields.json();
        } catch (IllFormedException e) {
            throw new ViolationFound(ExecEndpoint.violation(process, request, e.getMessage(), line));
        }
    }

    /** Sends a request that must be answered by one of these, and by a message. */
    void askNonsense(String line, ErrorCode... legal) throws InterruptedException {
        JsonNode answer = ask(line);
        List<String> codes = new ArrayList<>();
        for (ErrorCode code : legal) {
            codes.add(code.name());
        }
        if (answer.get("ok").booleanValue() || !codes.contains(answer.path("error").textValue())) {
            throw found("nonsense is not answered by BAD_REQUEST", line, answer,
                    "a call out of turn or with arguments that make no sense is answered with error: "
                            + String.join(" or ", codes));
        }
        if (codes.contains(ErrorCode.BAD_REQUEST.name()) && !answer.path("message").isTextual()) {
            throw found("BAD_REQUEST has no message", line, answer, "error: BAD_REQUEST and a message, a string");
        }
    }

    /** Ends the input, and waits for what follows. */
    void end() throws InterruptedException {
        int status = process.end(implementation.limit());
        if (status != 0) {
            String what = status < 0 ? "it is still running " + implementation.limit().toMillis() / 1000.0
                    + " s after the end of its input" : "its exit status is " + status;
            List<String> details = new ArrayList<>(List.of(what));
            process.close();
            process.lastWords().forEach(word -> details.add("standard error: " + word));
            details.add("endpoint.md says: end of input ends the process with exit status 0");
            throw new ViolationFound(
                    new Violation("end of input does not end it well", Set.of(ExecEndpoint.CLAUSE), details));
        }
    }

    /** What is wrong with an answer. */
    static ViolationFound found(String kind, String request, JsonNode answer, String legal) {
        return new ViolationFound(new Violation(kind, Set.of(ExecEndpoint.CLAUSE), List.of(
                "request: " + shown(request), "answer: " + shown(answer.toString()), "endpoint.md says: " + legal)));
    }

    static String shown(String text) {
        return ExecEndpoint.shown(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An answer without what is for people only. */
    static JsonNode comparable(JsonNode answer) {
        ObjectNode copy = answer.deepCopy();
        copy.remove("message");
        return copy;
    }

    @Override
    public void close() {
        process.close();
    }
}
