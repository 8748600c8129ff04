package org.netchannel.conformance.exec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.netchannel.traces.ErrorCode;

/**
 * All checks of the line protocol. They send what endpoint.md says something about: a line that is no JSON object, or
 * is no UTF-8, is no request, and none is sent.
 */
public final class LineChecks {
    private static final int MUCH = 1 << 20;

    private LineChecks() {}

    /**
     * The checks.
     *
     * @return in the order in which a person would repair what they find
     */
    public static List<LineCheck> all() {
        List<LineCheck> checks = new ArrayList<>();
        checks.add(new LineCheck("end of input at once", "end of input ends the process with exit status 0",
                LineStage::end));
        checks.add(new LineCheck("end of input", "end of input ends the process with exit status 0",
                LineChecks::endOfInput));
        checks.add(new LineCheck("calls before open", "open must be first", LineChecks::beforeOpen));
        checks.add(new LineCheck("open twice", "open must be first", LineChecks::openTwice));
        checks.add(new LineCheck("no such operation", "a call that makes no sense is BAD_REQUEST",
                LineChecks::unknownOperations));
        for (String op : operations()) {
            checks.add(new LineCheck("wrong arguments of " + op, "arguments that make no sense are BAD_REQUEST",
                    stage -> wrongArguments(stage, op)));
        }
        checks.add(new LineCheck("numbers that are too large", "a number is not taken for another",
                LineChecks::tooLarge));
        checks.add(new LineCheck("the same calls twice", "the same calls give the same answers",
                LineChecks::sameAnswers));
        checks.add(new LineCheck("nonsense between calls", "BAD_REQUEST changes nothing",
                LineChecks::nonsenseChangesNothing));
        checks.add(new LineCheck("many requests at once", "one answer for each request, in order",
                LineChecks::manyAtOnce));
        checks.add(new LineCheck("JSON written otherwise", "one JSON object a line", LineChecks::writtenOtherwise));
        checks.add(new LineCheck("a long line", "one JSON object a line", LineChecks::longLine));
        return checks;
    }

    private static Set<String> operations() {
        LineConversation conversation = new LineConversation();
        Set<String> operations = new LinkedHashSet<>();
        for (int i = 0; i < conversation.size(); i++) {
            operations.add(conversation.op(i));
        }
        return operations;
    }

    private static void endOfInput(LineStage stage) throws InterruptedException {
        answers(stage);
        stage.end();
    }

    /** The whole conversation, one request after the other. */
    private static List<JsonNode> answers(LineStage stage) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            answers.add(next(stage, conversation, i));
        }
        return answers;
    }

    private static JsonNode next(LineStage stage, LineConversation conversation, int number)
            throws InterruptedException {
        JsonNode answer = stage.ask(conversation.line(number));
        conversation.answered(answer);
        return answer;
    }

    private static void beforeOpen(LineStage stage) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        for (int i = 1; i < conversation.size(); i++) {
            stage.askNonsense(conversation.line(i), ErrorCode.BAD_REQUEST);
        }
        mustOpen(stage, conversation);
    }

    private static void mustOpen(LineStage stage, LineConversation conversation) throws InterruptedException {
        JsonNode answer = stage.ask(conversation.line(0));
        if (!answer.get("ok").booleanValue()) {
            throw LineStage.found("it does not open", conversation.line(0), answer, "name and version");
        }
    }

    private static void openTwice(LineStage stage) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        mustOpen(stage, conversation);
        stage.askNonsense(conversation.line(0), ErrorCode.BAD_REQUEST);
    }

    private static void unknownOperations(LineStage stage) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        mustOpen(stage, conversation);
        for (String line : List.of("{\"op\":\"fly\"}", "{\"op\":\"CONNECT\",\"port\":80,\"class\":\"LATENCY\"}",
                "{\"op\":\"\"}", "{\"op\":null}", "{\"op\":7}", "{\"op\":[\"status\"]}", "{}")) {
            stage.askNonsense(line, ErrorCode.BAD_REQUEST);
        }
        next(stage, conversation, 1);
    }

    private static void wrongArguments(LineStage stage, String op) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        int number = 0;
        while (!conversation.op(number).equals(op)) {
            next(stage, conversation, number++);
        }
        for (String line : conversation.nonsense(number)) {
            stage.askNonsense(line, ErrorCode.BAD_REQUEST);
        }
        next(stage, conversation, number);
    }

    /** For a socket it is a number that no socket has, too. */
    private static void tooLarge(LineStage stage) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        for (int i = 0; i < conversation.size(); i++) {
            for (String line : conversation.tooLarge(i)) {
                if (line.contains("\"socket\"")) {
                    stage.askNonsense(line, ErrorCode.BAD_REQUEST, ErrorCode.NO_SUCH_SOCKET);
                } else {
                    stage.askNonsense(line, ErrorCode.BAD_REQUEST);
                }
            }
            next(stage, conversation, i);
        }
    }

    private static void sameAnswers(LineStage stage) throws InterruptedException {
        List<JsonNode> first = answers(stage);
        stage.startAgain();
        compare("the same calls get other answers", first, stage, answers(stage),
                "seed fixes any choice of the implementation, so that the same calls give the same answers");
    }

    private static void compare(
            String kind, List<JsonNode> expected, LineStage stage, List<JsonNode> found, String legal) {
        LineConversation conversation = new LineConversation();
        for (int i = 0; i < found.size(); i++) {
            if (!LineStage.comparable(found.get(i)).equals(LineStage.comparable(expected.get(i)))) {
                throw LineStage.found(kind, conversation.line(i), found.get(i),
                        legal + "; it was " + LineStage.shown(expected.get(i).toString()));
            }
            conversation.answered(found.get(i));
        }
    }

    private static void nonsenseChangesNothing(LineStage stage) throws InterruptedException {
        List<JsonNode> expected = answers(stage);
        stage.startAgain();
        LineConversation conversation = new LineConversation();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            for (String line : conversation.nonsense(i)) {
                stage.askNonsense(line, ErrorCode.BAD_REQUEST);
            }
            answers.add(next(stage, conversation, i));
        }
        compare("nonsense changes something", expected, stage, answers,
                "BAD_REQUEST changes nothing; without the nonsense before it the answer is different");
    }

    private static void manyAtOnce(LineStage stage) throws InterruptedException {
        List<JsonNode> expected = answers(stage);
        stage.startAgain();
        LineConversation conversation = new LineConversation();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            lines.add(conversation.line(i));
            conversation.answered(expected.get(i));
        }
        compare("requests at once get other answers", expected, stage, stage.askAll(lines),
                "one answer for each request, in order");
    }

    private static void writtenOtherwise(LineStage stage) throws InterruptedException {
        List<JsonNode> expected = answers(stage);
        stage.startAgain();
        LineConversation conversation = new LineConversation();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            answers.add(stage.ask(conversation.otherwise(i)));
            conversation.answered(answers.getLast());
        }
        compare("the same JSON written otherwise gets another answer", expected, stage, answers,
                "a request is a JSON object, whatever the order of its members, its blanks and its escapes");
    }

    /** As much as the default send buffer holds; on a socket in SYN_SENT nothing of it is taken. */
    private static void longLine(LineStage stage) throws InterruptedException {
        LineConversation conversation = new LineConversation();
        int number = 0;
        while (!conversation.op(number).equals("send")) {
            next(stage, conversation, number++);
        }
        String data = Base64.getEncoder().encodeToString(new byte[MUCH]);
        String line = conversation.line(number).replace("AAECAw==", data);
        JsonNode answer = stage.ask(line);
        JsonNode taken = answer.path("taken");
        if (!taken.isIntegralNumber() || taken.longValue() != 0) {
            throw LineStage.found("a long line is not understood", LineStage.shown(line), answer,
                    "taken is 0 when the socket is in SYN_SENT");
        }
        next(stage, conversation, number);
    }
}
