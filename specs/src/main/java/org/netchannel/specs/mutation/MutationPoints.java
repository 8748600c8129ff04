package org.netchannel.specs.mutation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.engine.isolated.ModuleFiles;
import tla2sany.drivers.FrontEndException;
import tla2sany.drivers.SANY;
import tla2sany.modanalyzer.SpecObj;
import tla2sany.semantic.ASTConstants;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.st.Location;
import util.ToolIO;

/**
 * Finds what can be changed, in the semantic tree that SANY makes of a specification. Single-threaded, as SANY is.
 */
final class MutationPoints {
    /** How modules are called that are tables of cases: what has to be, not what is. */
    private static final String TABLES = "Cases";

    private static final Pattern ID = Pattern.compile("R\\d+|NC-[A-Z]+-\\d+");

    private final SpecFiles files;
    private final Set<String> ownModules;
    private final SortedSet<Mutation> found = new TreeSet<>(Mutation.ORDER);
    private final Map<String, Set<String>> read = new HashMap<>();
    private final Set<SemanticNode> seen = new HashSet<>();
    /** The ids in the definition that is being visited. */
    private Set<String> about = Set.of();

    /**
     * Parses some specifications.
     *
     * @param directory where the files have been written to
     * @param files the same files
     * @param roots their root modules
     * @throws IOException when one can't be parsed
     */
    MutationPoints(Path directory, SpecFiles files, Set<String> roots) throws IOException {
        this.files = files;
        ownModules = files.names().stream()
                .filter(name -> name.endsWith(".tla"))
                .map(name -> name.substring(0, name.length() - ".tla".length()))
                .collect(Collectors.toSet());
        try (ModuleFiles modules = new ModuleFiles(directory)) {
            for (String root : new TreeSet<>(roots)) {
                read.put(root, addAll(parse(root, modules)));
            }
        }
    }

    /** All changes that are possible, in the order of the modules' names and lines. */
    List<Mutation> all() {
        return List.copyOf(found);
    }

    /** The modules that a root module reads, itself included. */
    Set<String> readBy(String root) {
        return read.get(root);
    }

    private static SpecObj parse(String root, ModuleFiles modules) throws IOException {
        SpecObj spec = new SpecObj(root, modules);
        PrintStream usual = ToolIO.out;
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ToolIO.out = silent;
        try {
            SANY.frontEndMain(spec, root, silent);
        } catch (FrontEndException e) {
            throw new IOException(root + " can't be parsed", e);
        } finally {
            ToolIO.out = usual;
        }
        boolean failed = spec.getInitErrors().isFailure() || spec.getParseErrors().isFailure()
                || spec.getSemanticErrors().isFailure();
        if (failed || spec.getExternalModuleTable() == null) {
            throw new IOException(root + " can't be parsed: " + spec.getParseErrors() + spec.getSemanticErrors());
        }
        return spec;
    }

    private Set<String> addAll(SpecObj spec) throws IOException {
        Set<String> names = new HashSet<>();
        for (ModuleNode module : spec.getExternalModuleTable().getModuleNodes()) {
            String name = module.getName().toString();
            if (!ownModules.contains(name)) {
                continue;
            }
            names.add(name);
            if (name.endsWith(TABLES)) {
                continue;
            }
            List<String> lines = files.text(name + ".tla").lines().toList();
            for (OpDefNode definition : module.getOpDefs()) {
                boolean isItsOwn = definition.getLocation().source().equals(name);
                if (isItsOwn && definition.getBody() != null) {
                    about = about(definition.getLocation(), lines);
                    visit(definition.getBody(), definition);
                }
            }
        }
        return names;
    }

    private static Set<String> about(Location definition, List<String> lines) {
        int first = definition.beginLine() - 1;
        while (first > 0 && lines.get(first - 1).startsWith("\\*")) {
            first--;
        }
        String text = String.join("\n", lines.subList(first, definition.endLine()));
        return ID.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private void visit(SemanticNode node, OpDefNode definition) {
        // The guard of OTHER is null.
        if (node == null || !seen.add(node)) {
            return;
        }
        if (node instanceof OpApplNode application) {
            if (isConjunction(application)) {
                for (ExprOrOpArgNode conjunct : application.getArgs()) {
                    addConjunct(conjunct, application, definition);
                }
            } else if (application.getOperator().getName() == ASTConstants.OP_exc) {
                Arrays.stream(application.getArgs()).skip(1).forEach(pair -> addUpdate(pair, definition));
            }
        }
        SemanticNode[] children = node.getChildren();
        if (children != null) {
            for (SemanticNode child : children) {
                visit(child, definition);
            }
        }
    }

    private static String operator(SemanticNode node) {
        return node instanceof OpApplNode application ? application.getOperator().getName().toString() : "";
    }

    private static boolean isConjunction(SemanticNode node) {
        return operator(node).equals("$ConjList") || operator(node).equals("\\land");
    }

    private void addConjunct(ExprOrOpArgNode conjunct, OpApplNode whole, OpDefNode definition) {
        // A conjunction of conjunctions is one: its parts are visited.
        if (isConjunction(conjunct)) {
            return;
        }
        boolean isTemporal = whole.getLevel() == LevelConstants.TemporalLevel;
        switch (conjunct.getLevel()) {
            case LevelConstants.TemporalLevel -> {
                if (!operator(conjunct).equals("[]")) {
                    add(MutationKind.TEMPORAL, conjunct, definition, MutationKind.TEMPORAL.replacement());
                }
            }
            case LevelConstants.ActionLevel -> addNextValue(conjunct, definition);
            default -> {
                // In a temporal formula this is the initial condition.
                if (!isTemporal) {
                    add(MutationKind.CONJUNCT, conjunct, definition, MutationKind.CONJUNCT.replacement());
                }
            }
        }
    }

    /** Only {@code x' = e}: what else an action says is made of these. */
    private void addNextValue(ExprOrOpArgNode conjunct, OpDefNode definition) {
        if (!operator(conjunct).equals("=")) {
            return;
        }
        SemanticNode left = ((OpApplNode) conjunct).getArgs()[0];
        if (operator(left).equals("'")) {
            String variable = operator(((OpApplNode) left).getArgs()[0]);
            add(MutationKind.NEXT_VALUE, conjunct, definition, MutationKind.NEXT_VALUE.replacement() + " " + variable);
        }
    }

    private void addUpdate(SemanticNode pair, OpDefNode definition) {
        SemanticNode value = ((OpApplNode) pair).getArgs()[1];
        if (value.getKind() != ASTConstants.AtNodeKind) {
            add(MutationKind.UPDATE, value, definition, MutationKind.UPDATE.replacement());
        }
    }

    private void add(MutationKind kind, SemanticNode node, OpDefNode definition, String replacement) {
        Location at = node.getLocation();
        Mutation.Place place =
                new Mutation.Place(at.beginLine(), at.beginColumn(), at.endLine(), at.endColumn());
        found.add(new Mutation(at.source(), definition.getName().toString(), kind, place, replacement, about));
    }
}
