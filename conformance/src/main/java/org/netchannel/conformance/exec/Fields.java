package org.netchannel.conformance.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.netchannel.traces.Bytes;

/**
 * The JSON object of one line, a request or an answer. Fields that nobody asks for do not matter; one that is missing
 * or of the wrong type is named.
 */
final class Fields {
    /** The longest text that is no payload, in UTF-16 units; a trace holds no longer one. */
    static final int MAX_TEXT = 65_536;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_DIGITS = 100;
    private static final int MOST_SHOWN = 60;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode object;

    private Fields(JsonNode object) {
        this.object = object;
    }

    /** Reads a line, without its line feed. */
    static Fields parse(Bytes line) throws IllFormedException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line.array(), line.from(), line.length())).toString();
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new IllFormedException("the line is " + shown(node) + ", legal is one JSON object");
            }
            return new Fields(node);
        } catch (CharacterCodingException e) {
            throw new IllFormedException("the line is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new IllFormedException("the line is no JSON: " + e.getOriginalMessage());
        }
    }

    /** The object itself, to be compared and not to be changed. */
    JsonNode json() {
        return object;
    }

    /** Whether a field is there and is not null. */
    boolean has(String key) {
        return object.hasNonNull(key);
    }

    /** Whether a field is there and is null. */
    boolean isNull(String key) {
        return object.path(key).isNull();
    }

    String text(String key) throws IllFormedException {
        JsonNode node = object.path(key);
        if (!node.isTextual() || node.textValue().length() > MAX_TEXT) {
            throw illegal(key, "a string of at most " + MAX_TEXT + " characters");
        }
        return node.textValue();
    }

    boolean flag(String key) throws IllFormedException {
        if (!object.path(key).isBoolean()) {
            throw illegal(key, "true or false");
        }
        return object.path(key).booleanValue();
    }

    boolean flagOrFalse(String key) throws IllFormedException {
        return object.has(key) && flag(key);
    }

    int int32(String key) throws IllFormedException {
        return (int) integer(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long integer(String key, long min, long max) throws IllFormedException {
        JsonNode node = object.path(key);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw illegal(key, "an integer from " + min + " to " + max);
        }
        return node.longValue();
    }

    /** An unsigned 64-bit number as 16 hexadecimal digits. */
    long hex(String key) throws IllFormedException {
        String digits = object.path(key).isTextual() ? object.path(key).textValue() : "";
        if (digits.length() != 16 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw illegal(key, "a string of 16 hexadecimal digits");
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }

    Bytes base64(String key) throws IllFormedException {
        return base64(key, object.path(key));
    }

    private Bytes base64(String name, JsonNode node) throws IllFormedException {
        if (node.isTextual()) {
            try {
                return Bytes.of(Base64.getDecoder().decode(node.textValue()));
            } catch (IllegalArgumentException e) {
                throw illegal(name, node, "a string in base64");
            }
        }
        throw illegal(name, node, "a string in base64");
    }

    List<Bytes> base64List(String key, int most) throws IllFormedException {
        JsonNode list = object.path(key);
        if (!list.isArray()) {
            throw illegal(key, "a list of strings in base64");
        }
        if (list.size() > most) {
            throw new IllFormedException(key + " has " + list.size() + " elements, legal are at most " + most);
        }
        List<Bytes> all = new ArrayList<>(list.size());
        for (JsonNode element : list) {
            all.add(base64(key + "[" + all.size() + "]", element));
        }
        return all;
    }

    <E extends Enum<E>> E constant(String key, Class<E> type) throws IllFormedException {
        String name = object.path(key).isTextual() ? object.path(key).textValue() : "";
        StringJoiner legal = new StringJoiner(", ", "one of ", "");
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
            legal.add(constant.name());
        }
        throw illegal(key, legal.toString());
    }

    /** Empty when the field is null or not there. */
    <E extends Enum<E>> Optional<E> optionalConstant(String key, Class<E> type) throws IllFormedException {
        return has(key) ? Optional.of(constant(key, type)) : Optional.empty();
    }

    /** An object in this one. */
    Fields object(String key) throws IllFormedException {
        if (!object.path(key).isObject()) {
            throw illegal(key, "an object");
        }
        return new Fields(object.path(key));
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    IllFormedException illegal(String key, String legal) {
        return illegal(key, object.path(key), legal);
    }

    private static IllFormedException illegal(String name, JsonNode found, String legal) {
        String problem = found.isMissingNode() ? name + " is missing" : name + " is " + shown(found);
        return new IllFormedException(problem + ", legal is " + legal);
    }

    private static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "empty";
        }
        String text = node.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
