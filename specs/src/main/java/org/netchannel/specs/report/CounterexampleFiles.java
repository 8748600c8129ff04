package org.netchannel.specs.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netchannel.specs.Expected;
import org.netchannel.specs.Manifest;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelSize;
import org.netchannel.specs.counterexample.CounterexampleText;

/**
 * The folder of counterexamples: a text file for each model that is expected to violate a property. With one worker TLC
 * finds the same violation of an invariant every time. When it looks at temporal properties depends on its speed, so
 * their counterexamples may be others the next time.
 */
public final class CounterexampleFiles {
    /** Its name, beside the folder of the specs. */
    public static final String FOLDER = "counterexamples";

    /** The file that lists the others. */
    public static final String INDEX = "README.md";

    private static final int WIDTH = 100;
    private static final String NO_RACE = "";

    private CounterexampleFiles() {}

    /**
     * Where the counterexample of a model is kept.
     *
     * @param model the model
     * @return a file name
     */
    public static String nameOf(Model model) {
        return model.name() + ".txt";
    }

    /**
     * How the file of a model begins: what it is about, and what it violates.
     *
     * @param model a model that is expected to violate a property
     * @return lines without line ends
     */
    public static List<String> heading(Model model) {
        return List.of(model.name() + " " + model.expected() + ".", model.description(), "");
    }

    /**
     * Writes the counterexamples of those results that are as expected, and removes files of models that are gone.
     *
     * @param folder where they are kept; it is made when it is not there
     * @param manifest all models
     * @param results what was found; counterexamples with the arguments of their actions
     * @return what was changed, one line each
     * @throws IOException when that fails
     */
    public static List<String> write(Path folder, Manifest manifest, List<ModelResult> results) throws IOException {
        Files.createDirectories(folder);
        List<String> notes = new ArrayList<>();
        for (ModelResult result : results) {
            if (isKept(result.model()) && result.propertyAsExpected() && result.counterexample().isPresent()
                    && replace(folder.resolve(nameOf(result.model())), text(result))) {
                notes.add(nameOf(result.model()) + ": written");
            }
        }
        if (replace(folder.resolve(INDEX), index(manifest))) {
            notes.add(INDEX + ": written");
        }
        for (String orphan : orphans(folder, manifest)) {
            Files.delete(folder.resolve(orphan));
            notes.add(orphan + ": removed, no model has it");
        }
        return notes;
    }

    /**
     * The text files of the folder that belong to no model that is expected to violate a property.
     *
     * @param folder where counterexamples are kept
     * @param manifest all models
     * @return file names, sorted
     * @throws IOException when the folder can't be read
     */
    public static List<String> orphans(Path folder, Manifest manifest) throws IOException {
        Set<String> wanted = manifest.models().stream()
                .filter(CounterexampleFiles::isKept)
                .map(CounterexampleFiles::nameOf)
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt") && !wanted.contains(name))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * A table of all counterexamples: race, model, property, file.
     *
     * @param manifest all models
     * @return the text of the index
     */
    public static String index(Manifest manifest) {
        List<Row> rows = new ArrayList<>();
        for (Model model : manifest.models()) {
            if (isKept(model)) {
                List<String> races = model.races().isEmpty() ? List.of(NO_RACE) : model.races();
                races.forEach(race -> rows.add(new Row(race, model)));
            }
        }
        rows.sort(Comparator.comparingInt(Row::number));
        return """
                # Counterexamples

                What goes wrong when a repair is switched off: a behaviour that TLC finds, for each model of the
                manifest that violates a property. [How to read one](../README.md#reading-a-counterexample). The ids
                are rows of [races.md](../../docs/races.md); models without one show that a property can be violated,
                or answer a question. `./netchannel specs --update` writes this folder.

                | race | what goes wrong | it violates | holds with the repair | counterexample |
                |---|---|---|---|---|
                """ + rows.stream().map(row -> row.text() + "\n").collect(Collectors.joining());
    }

    /**
     * Whether the counterexample of this model is kept. A random walk is too long to be read.
     *
     * @param model a model
     * @return true when it is expected to violate a property, by a search that finds a shortest behaviour
     */
    public static boolean isKept(Model model) {
        return model.expected() instanceof Expected.Violates && model.size() != ModelSize.SIMULATION;
    }

    private record Row(String race, Model model) {
        int number() {
            String digits = race.replaceAll("\\D", "");
            return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
        }

        String text() {
            String property = model.expected() instanceof Expected.Violates(var kind, var name)
                    ? name.orElse(kind.text())
                    : "";
            return "| %s | %s | %s | %s | [%s](%s) |".formatted(
                    race, model.description(), property, model.twin().orElse(""), model.name(), nameOf(model));
        }
    }

    private static String text(ModelResult result) {
        List<String> lines = new ArrayList<>(heading(result.model()));
        result.counterexample().ifPresent(
                counterexample -> lines.addAll(CounterexampleText.lines(counterexample, WIDTH)));
        return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    /** Whether the file is another one now. */
    private static boolean replace(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return false;
        }
        Path temporary = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return true;
    }
}
