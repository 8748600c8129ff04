package org.netchannel.conformance.exec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.netchannel.reference.ReferenceEndpoint;

/** The reference behind an adapter that makes one mistake with lines. */
final class WrongLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BAD_REQUEST = "{\"ok\":false,\"error\":\"BAD_REQUEST\",\"message\":\"wrong\"}";
    private static final int SHORT = 1 << 16;

    /** What is wrong. */
    enum Mistake {
        ENDS_WITH_THREE, NEVER_ENDS, OPENS_AGAIN, ANSWERS_BEFORE_OPEN, KNOWS_EVERY_OPERATION, TAKES_TEXT_FOR_NUMBERS,
        CUTS_NUMBERS, DICES, COUNTS_NONSENSE, ANSWERS_LAST_FIRST, WANTS_OP_FIRST, KEEPS_LINES_SHORT, HAS_NO_MESSAGES
    }

    private final Mistake mistake;
    private final EndpointServer server = new EndpointServer(new ReferenceEndpoint());
    private boolean open;

    private WrongLines(Mistake mistake) {
        this.mistake = mistake;
    }

    /** Answers until the end of input; the mistake is the argument. */
    public static void main(String[] args) throws Exception {
        Mistake mistake = Mistake.valueOf(args[0]);
        new WrongLines(mistake).serve();
        if (mistake == Mistake.NEVER_ENDS) {
            new CountDownLatch(1).await();
        }
        System.exit(mistake == Mistake.ENDS_WITH_THREE ? 3 : 0);
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), SHORT);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> lines = new ArrayList<>(List.of(line));
            while (mistake == Mistake.ANSWERS_LAST_FIRST && in.ready()) {
                lines.add(in.readLine());
            }
            for (String request : lines.reversed()) {
                System.out.println(answer(request));
            }
            System.out.flush();
        }
    }

    private String answer(String line) throws IOException {
        ObjectNode request = (ObjectNode) JSON.readTree(line);
        String op = request.path("op").asText();
        switch (mistake) {
            case OPENS_AGAIN -> {
                if (open && op.equals("open")) {
                    return "{\"ok\":true,\"name\":\"n\",\"version\":\"v\"}";
                }
            }
            case ANSWERS_BEFORE_OPEN -> {
                if (!open && !op.equals("open")) {
                    return "{\"ok\":false,\"error\":\"NOT_CONNECTED\"}";
                }
            }
            case WANTS_OP_FIRST -> {
                if (!line.startsWith("{\"op\":\"")) {
                    return BAD_REQUEST;
                }
            }
            case KEEPS_LINES_SHORT -> {
                if (line.length() > SHORT) {
                    return BAD_REQUEST;
                }
            }
            case TAKES_TEXT_FOR_NUMBERS -> request.properties().forEach(field -> {
                if (field.getValue().asText().matches("\\d")) {
                    field.setValue(JSON.getNodeFactory().numberNode(field.getValue().asInt()));
                }
            });
            case CUTS_NUMBERS -> request.properties().forEach(field -> {
                if (field.getValue().isIntegralNumber()) {
                    field.setValue(JSON.getNodeFactory().numberNode(field.getValue().bigIntegerValue().intValue()));
                }
            });
            case DICES -> {
                if (op.equals("open")) {
                    request.put("seed", System.nanoTime());
                }
            }
            default -> { }
        }
        open |= op.equals("open");
        return answered(request, served(request.toString()));
    }

    private String answered(ObjectNode request, String answer) throws IOException {
        boolean nonsense = answer.contains("BAD_REQUEST");
        if (nonsense && mistake == Mistake.KNOWS_EVERY_OPERATION && request.path("op").asText().equals("fly")) {
            return "{\"ok\":true}";
        }
        if (nonsense && mistake == Mistake.HAS_NO_MESSAGES) {
            return "{\"ok\":false,\"error\":\"BAD_REQUEST\"}";
        }
        if (nonsense && mistake == Mistake.COUNTS_NONSENSE) {
            served("{\"op\":\"connect\",\"port\":1,\"class\":\"LATENCY\"}");
        }
        return answer;
    }

    private String served(String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.serve(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), out);
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
