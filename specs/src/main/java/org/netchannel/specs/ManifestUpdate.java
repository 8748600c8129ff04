package org.netchannel.specs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what was measured into a manifest, after a deliberate change of the specification. Only the numbers change;
 * everything else in the file stays as it is.
 */
public final class ManifestUpdate {
    private static final String STATES = "distinctStates";
    private static final String SECONDS = "seconds";
    /** A time that is off by less is noise. */
    private static final double NOISE = 2;

    private final String text;
    private final List<Edit> edits = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ManifestUpdate(String text) {
        this.text = text;
    }

    /** Where a number stands in the text. */
    private record Place(int start, int length) {}

    private record Edit(Place place, String replacement) {}

    /**
     * Updates the manifest in a directory: the number of distinct states of every result whose property is as expected,
     * and its seconds where they are far off, rounded up.
     *
     * @param directory where the manifest is
     * @param results what was measured
     * @return what was changed, one line each
     * @throws IOException when the manifest can't be read or written; it is whole then
     * @throws ManifestException when it is wrong
     */
    public static List<String> write(Path directory, List<ModelResult> results) throws IOException, ManifestException {
        SpecFiles files = SpecFiles.in(directory);
        Manifest manifest = Manifest.read(files);
        ManifestUpdate update = new ManifestUpdate(files.text(Manifest.FILE));
        List<Map<String, Place>> places = update.places();
        for (ModelResult result : results) {
            int index = manifest.names().indexOf(result.model().name());
            if (index >= 0 && result.propertyAsExpected()) {
                update.numbers(manifest.models().get(index), places.get(index), result);
            }
        }
        Path temporary = Files.createTempFile(directory, Manifest.FILE, ".new");
        try {
            Files.writeString(temporary, update.edited());
            Files.move(temporary, directory.resolve(Manifest.FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return update.notes;
    }

    /** For each model, in order, where its numbers stand. */
    private List<Map<String, Place>> places() throws IOException {
        List<Map<String, Place>> places = new ArrayList<>();
        int depth = 0;
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                // The manifest, its list of models, the model.
                if (depth == 3 && token == JsonToken.START_OBJECT) {
                    places.add(new HashMap<>());
                } else if (depth == 3 && token == JsonToken.VALUE_NUMBER_INT) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    places.getLast().put(parser.currentName(), new Place(start, parser.getTextLength()));
                }
            }
        }
        return places;
    }

    private void numbers(Model model, Map<String, Place> places, ModelResult result) {
        // Processor time, because other programs may have kept TLC waiting.
        long seconds = Math.max(1, result.processorTime().plusMillis(999).toSeconds());
        boolean states = replace(model, STATES, places, model.distinctStates().orElse(0), result.counts().distinct());
        if (states || seconds > model.seconds() * NOISE || seconds * NOISE < model.seconds()) {
            replace(model, SECONDS, places, model.seconds(), seconds);
        }
    }

    private boolean replace(Model model, String key, Map<String, Place> places, long before, long after) {
        if (!places.containsKey(key) || before == after) {
            return false;
        }
        edits.add(new Edit(places.get(key), Long.toString(after)));
        notes.add(model.name() + ": " + key + " " + before + " -> " + after);
        return true;
    }

    private String edited() {
        StringBuilder edited = new StringBuilder(text);
        edits.stream()
                .sorted((first, second) -> second.place.start - first.place.start)
                .forEach(edit -> edited.replace(
                        edit.place.start, edit.place.start + edit.place.length, edit.replacement));
        return edited.toString();
    }
}
