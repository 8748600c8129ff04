package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String GOOD =
            """
            {
              "models": [
                {
                  "name": "stop",
                  "module": "Stop",
                  "config": "Stop.cfg",
                  "description": "A stopped sender goes on.",
                  "races": ["R18"],
                  "clauses": ["NC-HOL-5"],
                  "expected": {"result": "holds"},
                  "checkDeadlock": true,
                  "distinctStates": 12,
                  "seconds": 3,
                  "megabytes": 256,
                  "size": "quick"
                },
                {
                  "name": "stop-r18",
                  "module": "Stop",
                  "config": "StopR18.cfg",
                  "description": "It does not.",
                  "races": ["R18"],
                  "expected": {"result": "violates", "kind": "temporal property", "property": "GoesOn"},
                  "twin": "stop",
                  "seconds": 2,
                  "megabytes": 64,
                  "size": "thorough"
                }
              ]
            }
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeGoodFiles() throws IOException {
        write("Stop.tla", "---- MODULE Stop ----\n====\n");
        write(
                "Stop.cfg",
                "SPECIFICATION Spec \\* INVARIANT Commented\nINVARIANTS Fits, Fair\nPROPERTIES GoesOn Ends\n");
        write("StopR18.cfg", "SPECIFICATION Spec\nINVARIANT Fits\nPROPERTY GoesOn\n");
        write("TraceStop.cfg", "INIT Init\nNEXT Next\n");
        write(Manifest.FILE, GOOD);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Manifest read() throws ManifestException, IOException {
        return Manifest.read(SpecFiles.in(directory));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::read).isInstanceOf(ManifestException.class).hasMessage("manifest.json" + message);
    }

    @Test
    void goodManifestIsRead() throws Exception {
        Manifest manifest = read();
        assertThat(manifest.names()).containsExactly("stop", "stop-r18");
        assertThat(manifest.quick()).extracting(Model::name).containsExactly("stop");
        assertThat(manifest.models().getLast()).isEqualTo(new Model(
                "stop-r18", "Stop", "StopR18.cfg", "It does not.", List.of("R18"), List.of(),
                new Expected.Violates(PropertyKind.TEMPORAL_PROPERTY, Optional.of("GoesOn")), Optional.of("stop"),
                false, OptionalLong.empty(), 2, 64, ModelSize.THOROUGH, Optional.empty()));
        assertThat(manifest.models().getFirst().checkDeadlock()).isTrue();
        assertThat(manifest.models().getFirst().distinctStates()).hasValue(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"size\": \"quick\" | \"sise\": \"quick\" | , line 16, column 6: unknown key 'sise'; the keys are "
                + "checkDeadlock, clauses, config, description, distinctStates, expected, megabytes, module, name, "
                + "races, seconds, simulation, size, twin",
        "\"size\": \"quick\" | \"size\": \"fast\" "
                + "| : model 'stop': 'size' is 'fast'; legal: quick, thorough, simulation",
        "\"size\": \"quick\" | \"size\": \"quick\", \"size\": \"quick\" "
                + "| , line 15, column 30: 'models': Duplicate field 'size'",
        "\"size\": \"quick\" | \"size\": \"quick\", \"simulation\": {\"depth\": 1, \"traces\": 1, \"seed\": 1} "
                + "| : model 'stop': 'simulation' has no place in a model of another size",
        "\"size\": \"quick\" | \"size\": \"simulation\" "
                + "| : model 'stop': 'distinctStates' has no place in a simulation",
        "\"size\": \"thorough\" | \"size\": \"simulation\" | : model 'stop-r18': 'simulation' is missing",
        "\"size\": \"thorough\" | \"size\": \"simulation\", "
                + "\"simulation\": {\"depth\": 0, \"traces\": 1, \"seed\": 1} "
                + "| : model 'stop-r18': 'simulation.depth' is '0'; legal: 1 to 1000000",
        "\"size\": \"thorough\" | \"size\": \"simulation\", "
                + "\"simulation\": {\"depth\": 1, \"traces\": 1, \"seed\": -1} "
                + "| : model 'stop-r18': 'simulation.seed' is '-1'; legal: 0 to 9223372036854775807",
        "\"size\": \"thorough\" | \"size\": \"simulation\", "
                + "\"simulation\": {\"depth\": 1, \"traces\": 1, \"seed\": 1} "
                + "| : model 'stop-r18': a simulation can't be expected to violate a temporal property: "
                + "its walks are finite",
        "\"seconds\": 3 | \"seconds\": 0 | : model 'stop': 'seconds' is '0'; legal: 1 to 604800",
        "\"seconds\": 3 | \"seconds\": 604801 | : model 'stop': 'seconds' is '604801'; legal: 1 to 604800",
        "\"megabytes\": 64 | \"megabytes\": 1048577 "
                + "| : model 'stop-r18': 'megabytes' is '1048577'; legal: 64 to 1048576",
        "\"result\": \"holds\" | \"result\": \"holds\", \"kind\": \"invariant\" "
                + "| : model 'stop': 'expected.kind' has no place in a model that holds",
        "{\"result\": \"holds\"} | null | : model 'stop': 'expected' is missing",
        "\"megabytes\": 64 | \"megabytes\": 63 | : model 'stop-r18': 'megabytes' is '63'; legal: 64 to 1048576",
        "\"seconds\": 3, | `` | : model 'stop': 'seconds' is missing",
        "\"distinctStates\": 12, | `` | : model 'stop': 'distinctStates' is missing",
        "\"name\": \"stop\", | `` | : models[0]: 'name' is missing",
        "\"name\": \"stop\" | \"name\": \"st op\" "
                + "| : model 'st op': 'name' is 'st op'; legal: [A-Za-z0-9][A-Za-z0-9._-]*",
        "\"name\": \"stop-r18\" | \"name\": \"stop\" | : model 'stop': this name is used twice",
        "\"races\": [\"R18\"], | \"races\": [\"18\"], | : model 'stop': 'races' is '18'; legal: R[1-9][0-9]*",
        "\"clauses\": [\"NC-HOL-5\"] | \"clauses\": [\"HOL-5\"] "
                + "| : model 'stop': 'clauses' is 'HOL-5'; legal: NC-[A-Z]+-[1-9][0-9]*",
        "\"result\": \"holds\" | \"result\": \"yes\" "
                + "| : model 'stop': 'expected.result' is 'yes'; legal: holds, violates",
        "\"result\": \"holds\" | \"result\": \"holds\", \"property\": \"P\" "
                + "| : model 'stop': 'expected.property' has no place in a model that holds",
        "temporal property | liveness | : model 'stop-r18': 'expected.kind' is 'liveness'; "
                + "legal: invariant, action property, temporal property, deadlock",
        "temporal property | deadlock | : model 'stop-r18': 'expected.property' has no place when the kind is deadlock",
        "temporal property | invariant | : model 'stop-r18': StopR18.cfg does not list the invariant GoesOn",
        "\"GoesOn\" | \"Ends\" | : model 'stop-r18': StopR18.cfg does not list the temporal property Ends",
        "\"twin\": \"stop\", | `` "
                + "| : model 'stop-r18': 'twin' is missing: the model that holds with the repair on",
        "\"twin\": \"stop\" | \"twin\": \"stap\" | : model 'stop-r18': 'twin' is 'stap'; there is no such model",
        "\"twin\": \"stop\" | \"twin\": \"stop-r18\" "
                + "| : model 'stop-r18': its twin 'stop-r18' is not expected to hold",
        "\"checkDeadlock\": true | \"twin\": \"stop-r18\" | : model 'stop': 'twin' has no place in a model that holds",
        "\"config\": \"Stop.cfg\" | \"config\": \"Stap.cfg\" | : model 'stop': there is no file Stap.cfg",
        "\"module\": \"Stop\" | \"module\": \"Stap\" | : model 'stop': there is no file Stap.tla",
        "StopR18.cfg | Stop.cfg | : model 'stop-r18': 'config' Stop.cfg is taken already",
        "\"models\": [ | \"models\": [ null, | : models[0] is null",
        "\"seconds\": 3 | \"seconds\": \"3\" | , line 13, column 18: 'models.seconds' is not an integer",
        "\"seconds\": 3 | \"seconds\": 3.5 | , line 13, column 18: 'models.seconds' is not an integer",
        "\"seconds\": 3 | \"seconds\": 99999999999 "
                + "| , line 13, column 29: 'models.seconds': Numeric value (99999999999) "
                + "out of range of int (-2147483648 - 2147483647)",
        "\"races\": [\"R18\"] | \"races\": \"R18\" | , line 8, column 16: 'models.races' is not a list",
        "\"size\": \"quick\" | \"size\": [] | , line 15, column 15: 'models.size' is not a string",
        "true | 1 | , line 11, column 24: 'models.checkDeadlock' is not true or false",
        "{\"result\": \"holds\"} | \"holds\" | , line 10, column 19: 'models.expected' is not an object"
    })
    void mistakeGetsOneLine(String good, String bad, String message) throws IOException {
        write(Manifest.FILE, GOOD.replaceFirst(java.util.regex.Pattern.quote(good.strip()),
                java.util.regex.Matcher.quoteReplacement(bad.strip())));
        assertThatThrownBy(this::read).isInstanceOf(ManifestException.class).message()
                .isEqualTo("manifest.json" + message.strip())
                .hasLineCount(1);
    }

    @Test
    void configWithoutModelIsRefused() throws IOException {
        write("Left.cfg", "INIT Init\n");
        assertRefused(": no model has this config: Left.cfg");
    }

    @Test
    void raceThatIsNeverRepairedIsRefused() throws IOException {
        write(Manifest.FILE, GOOD.replaceFirst("\"races\": \\[\"R18\"],", ""));
        assertRefused(": no model shows that R18 is repaired");
    }

    @Test
    void raceWithoutHarmIsRefused() throws IOException {
        write(Manifest.FILE, GOOD.replaceFirst("R18", "R19"));
        assertRefused(": no model shows that R18 is repaired");
        write(Manifest.FILE, GOOD.replaceFirst("\\[\"R18\"]", "[\"R18\", \"R19\"]"));
        assertRefused(": no model shows the harm of R19");
    }

    @Test
    void secondTemporalPropertyInAModelThatViolatesOneIsRefused() throws IOException {
        write("StopR18.cfg", "SPECIFICATION Spec\nPROPERTIES GoesOn Ends\n");
        assertRefused(": model 'stop-r18': StopR18.cfg lists more than one PROPERTY; "
                + "TLC does not say which temporal property failed");
    }

    @Test
    void twinThatDoesNotCheckThePropertyIsRefused() throws IOException {
        write("Stop.cfg", "SPECIFICATION Spec\nINVARIANT GoesOn\n");
        assertRefused(": model 'stop-r18': its twin 'stop' does not check the temporal property GoesOn");
    }

    @Test
    void deadlockNeedsATwinThatLooksForDeadlocks() throws Exception {
        String deadlock = GOOD.replace(
                "\"kind\": \"temporal property\", \"property\": \"GoesOn\"", "\"kind\": \"deadlock\"");
        write(Manifest.FILE, deadlock);
        assertThat(read().models().getLast().checkDeadlock()).isTrue();
        write(Manifest.FILE, deadlock.replace("\"checkDeadlock\": true,", ""));
        assertRefused(": model 'stop-r18': its twin 'stop' does not check the deadlock");
    }

    @Test
    void checkDeadlockInAConfigIsRefused() throws IOException {
        write("Stop.cfg", "SPECIFICATION Spec\nPROPERTY GoesOn\nCHECK_DEADLOCK FALSE\n");
        assertRefused(": model 'stop': Stop.cfg has CHECK_DEADLOCK; use 'checkDeadlock' in the manifest instead");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`` | : 'models' is missing or empty",
        "null | : 'models' is missing or empty",
        "{} | : 'models' is missing or empty",
        "{\"models\": []} | : 'models' is missing or empty"
    })
    void manifestWithoutModelsIsRefused(String text, String message) throws IOException {
        write(Manifest.FILE, text);
        if (text.isEmpty()) {
            assertThatThrownBy(this::read).isInstanceOf(ManifestException.class);
        } else {
            assertRefused(message);
        }
    }

    @Test
    void valuesAtTheirBoundsAreRead() throws Exception {
        write(Manifest.FILE, GOOD
                .replace("\"seconds\": 3", "\"seconds\": 604800")
                .replace("\"megabytes\": 256", "\"megabytes\": 1048576")
                .replace("\"distinctStates\": 12", "\"distinctStates\": 9223372036854775807"));
        assertThat(read().models().getFirst().distinctStates()).hasValue(Long.MAX_VALUE);
    }

    @Test
    void enormousManifestIsRefused() throws IOException {
        write(Manifest.FILE, GOOD + " ".repeat(ManifestReader.LONGEST - GOOD.length()));
        assertThatCode(this::read).doesNotThrowAnyException();
        write(Manifest.FILE, GOOD + " ".repeat(ManifestReader.LONGEST - GOOD.length() + 1));
        assertThatThrownBy(this::read).hasMessageContaining("is larger than 4194304 bytes");
    }

    @Test
    void truncatedManifestIsRefusedInOneLine() throws IOException {
        for (int length = 0; length < GOOD.stripTrailing().length(); length++) {
            write(Manifest.FILE, GOOD.substring(0, length));
            assertThatThrownBy(this::read).isInstanceOf(ManifestException.class).message().hasLineCount(1);
        }
    }

    @Test
    void patternsPickModelsInTheOrderOfTheFile() throws Exception {
        Manifest manifest = read();
        assertThat(manifest.matching(List.of("stop-r??", "stop"))).isEqualTo(manifest.models());
        assertThat(manifest.matching(List.of("*"))).isEqualTo(manifest.models());
        assertThat(manifest.matching(List.of("*-r18"))).extracting(Model::name).containsExactly("stop-r18");
        assertThatThrownBy(() -> manifest.matching(List.of("stop", "stop-r1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no model is called 'stop-r1'; the models are stop, stop-r18");
    }

    @Test
    void propertyThatNoModelViolatesIsToothless() throws Exception {
        assertThat(read().toothless(SpecFiles.in(directory)))
                .containsExactly("Stop!Ends", "Stop!Fair", "Stop!Fits");
        write("Stop.cfg", "PROPERTY GoesOn\n");
        write("StopR18.cfg", "PROPERTY GoesOn\n");
        assertThat(read().toothless(SpecFiles.in(directory))).isEmpty();
    }

    @Test
    void teethOfAPropertyAreThoseOfTheModuleThatDefinesIt() throws Exception {
        write("Base.tla", "---- MODULE Base ----\nEXTENDS Integers\nGoesOn == TRUE\n====\n");
        write("Stop.tla", "---- MODULE Stop ----\nEXTENDS Sequences, Base\nOwn == TRUE\n====\n");
        write("Stop.cfg", "INVARIANTS Own Nowhere\nPROPERTY GoesOn\n");
        write("StopR18.cfg", "PROPERTY GoesOn\n");
        assertThat(read().toothless(SpecFiles.in(directory))).containsExactly("Stop!Nowhere", "Stop!Own");
        assertThat(new Definitions(SpecFiles.in(directory)).qualified("Stop", "GoesOn")).isEqualTo("Base!GoesOn");
        assertThat(new Definitions(SpecFiles.in(directory)).qualified("Base", "GoesOn")).isEqualTo("Base!GoesOn");
    }
}
