package org.netchannel.specs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the text of a manifest into models. Strict: what it does not know is an error. */
final class ManifestReader {
    static final int LONGEST = 4 << 20;
    private static final int LARGEST_HEAP_MEGABYTES = 1 << 20;
    private static final int LONGEST_RUN_SECONDS = 7 * 24 * 3600;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern MODULE = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern RACE = Pattern.compile("R[1-9][0-9]*");
    private static final Pattern CLAUSE = Pattern.compile("NC-[A-Z]+-[1-9][0-9]*");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private record RawManifest(@JsonProperty("models") List<RawModel> models) {}

    private record RawExpected(
            @JsonProperty("result") String result,
            @JsonProperty("kind") String kind,
            @JsonProperty("property") String property) {}

    private record RawSimulation(
            @JsonProperty("depth") Integer depth,
            @JsonProperty("traces") Integer traces,
            @JsonProperty("seed") Long seed) {}

    private record RawModel(
            @JsonProperty("name") String name,
            @JsonProperty("module") String module,
            @JsonProperty("config") String config,
            @JsonProperty("description") String description,
            @JsonProperty("races") List<String> races,
            @JsonProperty("clauses") List<String> clauses,
            @JsonProperty("expected") RawExpected expected,
            @JsonProperty("twin") String twin,
            @JsonProperty("checkDeadlock") Boolean checkDeadlock,
            @JsonProperty("distinctStates") Long distinctStates,
            @JsonProperty("seconds") Integer seconds,
            @JsonProperty("megabytes") Integer megabytes,
            @JsonProperty("size") String size,
            @JsonProperty("simulation") RawSimulation simulation) {}

    private ManifestReader() {}

    static Manifest read(String text) throws ManifestException {
        if (text.length() > LONGEST) {
            throw new ManifestException(
                    Manifest.FILE + ": longer than " + LONGEST + " characters (" + text.length() + ")");
        }
        RawManifest raw;
        try {
            raw = JSON.readValue(text, RawManifest.class);
        } catch (JsonProcessingException e) {
            throw new ManifestException(Manifest.FILE + place(e.getLocation()) + ": " + reason(e));
        }
        if (raw == null || raw.models == null || raw.models.isEmpty()) {
            throw new ManifestException(Manifest.FILE + ": 'models' is missing or empty");
        }
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < raw.models.size(); i++) {
            models.add(model(raw.models.get(i), i));
        }
        return new Manifest(models);
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown key '" + unknown.getPropertyName() + "'; the keys are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        String path = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(field -> field != null)
                        .collect(Collectors.joining("."))
                : "";
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null && !path.isEmpty()) {
            return "'" + path + "' is not " + wanted(mismatch.getTargetType());
        }
        String first = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
        return path.isEmpty() ? first : "'" + path + "': " + first;
    }

    private static String wanted(Class<?> type) {
        return type == String.class ? "a string"
                : type == Boolean.class ? "true or false"
                : Number.class.isAssignableFrom(type) ? "an integer"
                : type == List.class || type == ArrayList.class ? "a list"
                : "an object";
    }

    private static Model model(RawModel raw, int index) throws ManifestException {
        String unnamed = "models[" + index + "]";
        if (raw == null) {
            throw new ManifestException(Manifest.FILE + ": " + unnamed + " is null");
        }
        Keys keys = new Keys(raw.name == null ? unnamed : "model '" + raw.name + "'");
        Expected expected = expected(keys, raw.expected);
        ModelSize size = keys.size(raw.size);
        return new Model(
                keys.matches("name", raw.name, NAME),
                keys.matches("module", raw.module, MODULE),
                keys.matches("config", raw.config, NAME),
                keys.present("description", raw.description),
                keys.all("races", raw.races, RACE),
                keys.all("clauses", raw.clauses, CLAUSE),
                expected,
                Optional.ofNullable(raw.twin),
                isDeadlock(expected) || Boolean.TRUE.equals(raw.checkDeadlock),
                distinctStates(keys, raw.distinctStates, expected, size),
                (int) keys.range("seconds", raw.seconds, 1, LONGEST_RUN_SECONDS),
                (int) keys.range("megabytes", raw.megabytes, 64, LARGEST_HEAP_MEGABYTES),
                size,
                simulation(keys, raw.simulation, size));
    }

    private static boolean isDeadlock(Expected expected) {
        return expected instanceof Expected.Violates violates && violates.kind() == PropertyKind.DEADLOCK;
    }

    private static OptionalLong distinctStates(Keys keys, Long value, Expected expected, ModelSize size)
            throws ManifestException {
        if (size == ModelSize.SIMULATION) {
            keys.absent("distinctStates", value, "in a simulation");
            return OptionalLong.empty();
        }
        if (value == null && expected instanceof Expected.Violates) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(keys.range("distinctStates", value, 1, Long.MAX_VALUE));
    }

    private static Optional<Simulation> simulation(Keys keys, RawSimulation raw, ModelSize size)
            throws ManifestException {
        if (size != ModelSize.SIMULATION) {
            keys.absent("simulation", raw, "in a model of another size");
            return Optional.empty();
        }
        keys.present("simulation", raw);
        return Optional.of(new Simulation(
                (int) keys.range("simulation.depth", raw.depth, 1, Simulation.LONGEST_WALK),
                (int) keys.range("simulation.traces", raw.traces, 1, Integer.MAX_VALUE),
                keys.range("simulation.seed", raw.seed, 0, Long.MAX_VALUE),
                Optional.empty()));
    }

    private static Expected expected(Keys keys, RawExpected raw) throws ManifestException {
        keys.present("expected", raw);
        return switch (keys.present("expected.result", raw.result)) {
            case "holds" -> {
                keys.absent("expected.kind", raw.kind, "in a model that holds");
                keys.absent("expected.property", raw.property, "in a model that holds");
                yield new Expected.Holds();
            }
            case "violates" -> violates(keys, raw);
            default -> throw keys.wrong("expected.result", raw.result, "holds, violates");
        };
    }

    private static Expected violates(Keys keys, RawExpected raw) throws ManifestException {
        String text = keys.present("expected.kind", raw.kind);
        PropertyKind kind = PropertyKind.of(text)
                .orElseThrow(() -> keys.wrong("expected.kind", text, PropertyKind.legal()));
        if (kind == PropertyKind.DEADLOCK) {
            keys.absent("expected.property", raw.property, "when the kind is deadlock");
            return new Expected.Violates(kind, Optional.empty());
        }
        return new Expected.Violates(kind, Optional.of(keys.matches("expected.property", raw.property, MODULE)));
    }

    /** Checks of single keys; each error names the model, the key, the value and what is legal. */
    private record Keys(String model) {
        ManifestException error(String text) {
            return new ManifestException(Manifest.FILE + ": " + model + ": " + text);
        }

        ManifestException wrong(String key, Object value, String legal) {
            return error("'" + key + "' is '" + value + "'; legal: " + legal);
        }

        <T> T present(String key, T value) throws ManifestException {
            if (value == null || value instanceof String text && text.isBlank()) {
                throw error("'" + key + "' is missing");
            }
            return value;
        }

        void absent(String key, Object value, String where) throws ManifestException {
            if (value != null) {
                throw error("'" + key + "' has no place " + where);
            }
        }

        String matches(String key, String value, Pattern pattern) throws ManifestException {
            if (!pattern.matcher(present(key, value)).matches()) {
                throw wrong(key, value, pattern.pattern());
            }
            return value;
        }

        List<String> all(String key, List<String> values, Pattern pattern) throws ManifestException {
            List<String> checked = new ArrayList<>();
            for (String value : values == null ? List.<String>of() : values) {
                checked.add(matches(key, value, pattern));
            }
            return List.copyOf(checked);
        }

        long range(String key, Number value, long least, long most) throws ManifestException {
            long number = present(key, value).longValue();
            if (number < least || number > most) {
                throw wrong(key, value, least + " to " + most);
            }
            return number;
        }

        ModelSize size(String value) throws ManifestException {
            return switch (present("size", value)) {
                case "quick" -> ModelSize.QUICK;
                case "thorough" -> ModelSize.THOROUGH;
                case "simulation" -> ModelSize.SIMULATION;
                default -> throw wrong("size", value, "quick, thorough, simulation");
            };
        }
    }
}
