package org.netchannel.specs.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How often TLC evaluated each expression, in all models together. Any thread may add. */
public final class Coverage {
    private static final Pattern PLACE = Pattern.compile(
            "line (\\d{1,9}), col (\\d{1,9}) to line (\\d{1,9}), col (\\d{1,9}) of module (\\w+): (\\d{1,18})");

    private final SortedMap<Place, Long> counts = new TreeMap<>();

    /** Nothing is counted yet. */
    public Coverage() {}

    /**
     * Adds what was counted in one model.
     *
     * @param text the place of an action or an expression as TLC prints it, a colon, and how often
     * @throws IllegalArgumentException when it is something else
     */
    public void add(String text) {
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a place and a count: " + text);
        }
        Place place = new Place(
                matcher.group(5), number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
        long count = Long.parseLong(matcher.group(6));
        synchronized (this) {
            counts.merge(place, count, Math::max);
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /**
     * How many expressions and actions there are.
     *
     * @return those that TLC knows
     */
    public synchronized int size() {
        return counts.size();
    }

    /** The modules that something is known of. */
    synchronized Set<String> modules() {
        return counts.keySet().stream().map(Place::module).collect(Collectors.toSet());
    }

    /** Those that were never evaluated, in order; what is inside another one of them is left out. */
    synchronized List<Place> unreached() {
        List<Place> unreached = new ArrayList<>();
        counts.forEach((place, count) -> {
            if (count == 0 && unreached.stream().noneMatch(outer -> outer.contains(place))) {
                unreached.add(place);
            }
        });
        return unreached;
    }
}
