package org.netchannel.specs.counterexample;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Model;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.counterexample.ActionExplainer.Found;
import org.netchannel.specs.counterexample.ActionReplay.Request;
import org.netchannel.specs.counterexample.ActionReplay.Response;
import org.netchannel.specs.tlc.ChildJvm;
import org.netchannel.specs.tlc.Workspace;
import org.netchannel.specs.value.TlaParser;
import org.netchannel.specs.value.TlaValue;

/**
 * Gives the actions of a counterexample their arguments, by replaying it in a process of its own.
 *
 * @param workspace where the process works
 * @param specs directory with modules and configurations
 * @param limit the time it has
 */
public record ActionNames(Workspace workspace, Path specs, Duration limit) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_MEGABYTES = 1_024;

    /**
     * Adds the arguments. Where that fails the actions keep the names that TLC gave them, and a note says why.
     *
     * @param model the model that was checked
     * @param counterexample what TLC printed
     * @return the same behaviour, better named
     * @throws InterruptedException when the calling thread is interrupted
     */
    public Counterexample addTo(Model model, Counterexample counterexample) throws InterruptedException {
        int backTo = backTo(counterexample);
        List<String> states = counterexample.steps().stream().map(Step::text).toList();
        Response response = respond(new Request(model.module(), model.config(), states, backTo), model.megabytes());
        int expected = states.size() + (backTo > 0 ? 1 : 0);
        Counterexample named = response.actions().size() == expected
                ? counterexample.named(response.actions().stream().map(ActionNames::call).toList())
                : counterexample;
        return response.problem() == null ? named : named.noting("arguments are missing: " + response.problem());
    }

    private static int backTo(Counterexample counterexample) {
        return counterexample.ending() instanceof Ending.BackTo(var _, int step) ? step : 0;
    }

    /**
     * What the last step of a behaviour violates, for a TLC that does not say it.
     *
     * @param model the model that was checked
     * @param counterexample what TLC printed
     * @return the violation; empty when the replay finds none
     * @throws InterruptedException when the calling thread is interrupted
     */
    public Optional<Finding> violation(Model model, Counterexample counterexample) throws InterruptedException {
        List<String> states = counterexample.steps().stream().map(Step::text).toList();
        Response response = respond(
                new Request(model.module(), model.config(), states, backTo(counterexample)), model.megabytes());
        return Optional.ofNullable(response.kind()).map(kind -> new Finding.Violated(
                PropertyKind.valueOf(kind), Stream.ofNullable(response.property()).toList()));
    }

    private Response respond(Request request, int megabytes) throws InterruptedException {
        try {
            Path own = workspace.directory("replay");
            try {
                return replay(own, request, megabytes);
            } finally {
                workspace.remove(own);
            }
        } catch (IOException e) {
            return new Response(List.of(), "the replay failed: " + e, null, null);
        }
    }

    private static ActionCall call(Found found) {
        if (found == null) {
            return null;
        }
        SequencedMap<String, TlaValue> choices = new LinkedHashMap<>();
        found.choices().forEach((name, text) -> choices.put(name, TlaParser.parseOrKeep(text)));
        List<TlaValue> arguments = found.arguments().stream().map(TlaParser::parseOrKeep).toList();
        return new ActionCall(found.operator(), arguments, choices);
    }

    private Response replay(Path own, Request request, int megabytes) throws IOException, InterruptedException {
        Path asked = own.resolve("request.json");
        Path answered = own.resolve("response.json");
        JSON.writeValue(asked.toFile(), request);
        Path temporary = Files.createDirectory(own.resolve("tmp"));
        ChildJvm child = new ChildJvm(workspace, specs, temporary, Math.min(megabytes, MOST_MEGABYTES));
        Process process = child.startSilent(ActionReplay.class, List.of(asked.toString(), answered.toString()));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Response(List.of(), "the replay took longer than " + limit.toSeconds() + " s", null, null);
            }
            if (process.exitValue() != 0) {
                return new Response(List.of(), "the replay ended with exit status " + process.exitValue(), null, null);
            }
            return JSON.readValue(answered.toFile(), Response.class);
        } finally {
            workspace.end(process);
        }
    }
}
