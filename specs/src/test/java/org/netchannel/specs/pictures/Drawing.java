package org.netchannel.specs.pictures;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.NodeLabelPlacement;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Finds a place for each state and transition of a machine. The same machine is drawn the same way each time. */
final class Drawing {
    static final double LINE_HEIGHT = 15;

    private static final double CHARACTER_WIDTH = 7;
    private static final double NODE_HEIGHT = 34;
    private static final double NODE_MARGIN = 24;

    private Drawing() {}

    /** A laid out graph; nodes have their names as identifiers, and a label each line of what leads along an edge. */
    static ElkNode of(StateMachine machine) {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(16));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 40.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_LABEL, 6.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 30.0);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        SortedMap<String, ElkNode> nodes = new TreeMap<>();
        machine.states().forEach(state -> nodes.put(state, node(graph, state)));
        machine.initial().forEach(state ->
                nodes.get(state).setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST));
        machine.edges().forEach((edge, causes) -> edge(nodes, edge, causes));
        new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
        return graph;
    }

    private static ElkNode node(ElkNode graph, String state) {
        ElkNode node = ElkGraphUtil.createNode(graph);
        node.setIdentifier(state);
        node.setDimensions(width(state) + NODE_MARGIN, NODE_HEIGHT);
        node.setProperty(LayeredOptions.NODE_LABELS_PLACEMENT, EnumSet.noneOf(NodeLabelPlacement.class));
        return node;
    }

    private static void edge(Map<String, ElkNode> nodes, StateMachine.Edge from, SortedSet<String> causes) {
        ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(from.from()), nodes.get(from.to()));
        List<String> lines = List.copyOf(causes);
        ElkLabel label = ElkGraphUtil.createLabel(String.join("\n", lines), edge);
        label.setProperty(LayeredOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.CENTER);
        label.setDimensions(width(lines.toArray(String[]::new)), lines.size() * LINE_HEIGHT);
    }

    private static double width(String... lines) {
        return Stream.of(lines).mapToInt(String::length).max().orElse(0) * CHARACTER_WIDTH;
    }
}
