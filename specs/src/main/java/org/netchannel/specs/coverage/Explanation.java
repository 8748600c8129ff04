package org.netchannel.specs.coverage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.netchannel.specs.ManifestException;
import org.netchannel.specs.SpecFiles;

/**
 * Why no model reaches an expression.
 *
 * @param module where it stands, without {@code .tla}
 * @param definition the definition that it belongs to
 * @param expression its text; blanks count as one
 * @param why one sentence
 */
public record Explanation(
        @JsonProperty("module") String module,
        @JsonProperty("definition") String definition,
        @JsonProperty("expression") String expression,
        @JsonProperty("why") String why) {
    /** The file of explanations, beside the modules. */
    public static final String FILE = "unreached.json";

    private static final int LONGEST = 1 << 20;

    /**
     * Reads the explanations of a specification.
     *
     * @param files its files; without a file of explanations there are none
     * @return the explanations
     * @throws ManifestException when the file is wrong; one line
     * @throws IOException when it can't be read
     */
    public static List<Explanation> read(SpecFiles files) throws ManifestException, IOException {
        if (!files.names().contains(FILE)) {
            return List.of();
        }
        String text = files.text(FILE);
        if (text.length() > LONGEST) {
            throw new ManifestException(FILE + ": longer than " + LONGEST + " characters (" + text.length() + ")");
        }
        try {
            Explanation[] read = new ObjectMapper().readValue(text, Explanation[].class);
            for (Explanation explanation : read) {
                explanation.check();
            }
            return List.of(read);
        } catch (JsonProcessingException e) {
            throw new ManifestException(FILE + ": " + e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
        }
    }

    private void check() throws ManifestException {
        for (String value : new String[] {module, definition, expression, why}) {
            if (value == null || value.isBlank()) {
                throw new ManifestException(
                        FILE + ": each explanation has a module, a definition, an expression and a why: " + this);
            }
        }
    }

    boolean explains(Gap gap) {
        return gap.place().module().equals(module) && gap.definition().equals(definition)
                && gap.expression().equals(expression.strip().replaceAll("\\s+", " "));
    }

    @Override
    public String toString() {
        return module + " in " + definition + ": " + expression;
    }
}
