package org.netchannel.specs;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The models of the specification with what TLC must find in each. Immutable.
 *
 * @param models in the order of the file; names are unique
 */
public record Manifest(List<Model> models) {
    /** Its file name, beside the modules. */
    public static final String FILE = "manifest.json";

    /** Keeps its own copy. */
    public Manifest {
        models = List.copyOf(models);
    }

    /**
     * Reads the manifest and checks it against the files beside it.
     *
     * @param files the modules and configurations
     * @return the manifest
     * @throws ManifestException when something in it is wrong or doesn't fit the files; one line
     * @throws IOException when a file can't be read
     */
    public static Manifest read(SpecFiles files) throws ManifestException, IOException {
        Manifest manifest = ManifestReader.read(files.text(FILE));
        ManifestChecks.check(manifest, files);
        return manifest;
    }

    /**
     * The properties that some model checks and none is expected to violate. Nobody knows whether such a property can
     * be violated at all. Random walks don't count.
     *
     * @param files the modules and configurations
     * @return each as {@code Module!Property} with the module that defines it, sorted
     * @throws IOException when a file can't be read
     */
    public SortedSet<String> toothless(SpecFiles files) throws IOException {
        SortedSet<String> properties = new TreeSet<>();
        Definitions definitions = new Definitions(files);
        List<Model> exhausted = ofSize(ModelSize.QUICK, ModelSize.THOROUGH);
        for (Model model : exhausted) {
            ConfigFile config = ConfigFile.parse(files.text(model.config()));
            for (String property : config.invariants()) {
                properties.add(definitions.qualified(model.module(), property));
            }
            for (String property : config.properties()) {
                properties.add(definitions.qualified(model.module(), property));
            }
        }
        for (Model model : exhausted) {
            if (model.expected() instanceof Expected.Violates(var _, var property) && property.isPresent()) {
                properties.remove(definitions.qualified(model.module(), property.get()));
            }
        }
        return properties;
    }

    /**
     * The models that belong to every build.
     *
     * @return models of size quick
     */
    public List<Model> quick() {
        return ofSize(ModelSize.QUICK);
    }

    /**
     * The models of some sizes.
     *
     * @param sizes which
     * @return in the order of the file
     */
    public List<Model> ofSize(ModelSize... sizes) {
        return models.stream().filter(model -> List.of(sizes).contains(model.size())).toList();
    }

    /**
     * The names of all models.
     *
     * @return in the order of the file
     */
    public List<String> names() {
        return models.stream().map(Model::name).toList();
    }

    /**
     * Picks models by name.
     *
     * @param patterns names, in which {@code *} stands for any characters and {@code ?} for one
     * @return the models that match one of them, in the order of the file
     * @throws IllegalArgumentException when a pattern matches no model; the message lists the names
     */
    public List<Model> matching(List<String> patterns) {
        Set<Model> chosen = new LinkedHashSet<>();
        for (String pattern : patterns) {
            Pattern regex = glob(pattern);
            List<Model> found =
                    models.stream().filter(model -> regex.matcher(model.name()).matches()).toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "no model is called '" + pattern + "'; the models are " + String.join(", ", names()));
            }
            chosen.addAll(found);
        }
        return models.stream().filter(chosen::contains).toList();
    }

    private static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(regex.toString());
    }
}
