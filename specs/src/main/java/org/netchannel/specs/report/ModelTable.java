package org.netchannel.specs.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;

/** Tables of models and of results. */
public final class ModelTable {
    private ModelTable() {}

    /**
     * What there is to run.
     *
     * @param models the models
     * @return lines without line ends
     */
    public static List<String> of(List<Model> models) {
        Table table = new Table("llrrl");
        for (Model model : models) {
            table.row(
                    model.name(),
                    model.size().name().toLowerCase(Locale.ROOT),
                    model.seconds() + " s",
                    model.megabytes() + " MB",
                    model.expected().toString());
        }
        List<String> lines = new ArrayList<>();
        List<String> heads = table.lines();
        for (int i = 0; i < models.size(); i++) {
            Model model = models.get(i);
            lines.add(heads.get(i));
            List<String> about = new ArrayList<>(model.races());
            about.addAll(model.clauses());
            lines.add("    " + model.description() + (about.isEmpty() ? "" : " [" + String.join(", ", about) + "]"));
        }
        return lines;
    }

    /**
     * What came out, with a summary as the last line.
     *
     * @param results the results
     * @param total how long all of it took
     * @return lines without line ends
     */
    public static List<String> of(List<ModelResult> results, Duration total) {
        Table table = new Table("llrrl");
        for (ModelResult result : results) {
            table.row(
                    result.verdict().name(),
                    result.model().name(),
                    ResultText.size(result),
                    Numbers.seconds(result.duration()),
                    result.finding().toString());
        }
        List<String> lines = new ArrayList<>(table.lines());
        long good = results.stream().filter(ModelResult::asExpected).count();
        lines.add("");
        lines.add(good + " of " + results.size() + " models as expected, " + Numbers.seconds(total));
        return lines;
    }

    /**
     * What came out, when the thorough models were left out.
     *
     * @param results the results
     * @param total how long all of it took
     * @param leftOut how many models were left out
     * @return lines without line ends
     */
    public static List<String> of(List<ModelResult> results, Duration total, int leftOut) {
        List<String> lines = of(results, total);
        if (leftOut > 0) {
            lines.add(leftOut + " thorough models left out; --thorough runs them");
        }
        return lines;
    }
}
