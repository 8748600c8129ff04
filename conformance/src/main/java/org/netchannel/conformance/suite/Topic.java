package org.netchannel.conformance.suite;

import java.util.List;
import java.util.Set;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.scenario.Profile;

/** What a check can be about: one or two sections of protocol.md each. */
public enum Topic {
    /** Section 4. */
    HANDSHAKE(List.of(Profile.HANDSHAKE), "HS"),
    /** Section 5. */
    DATA(List.of(Profile.DATA), "DATA"),
    /** Section 6. */
    HEAD_OF_LINE(List.of(Profile.HEAD_OF_LINE), "HOL"),
    /** Section 7. */
    CLOSE(List.of(Profile.CLOSE), "FIN", "RST"),
    /** Section 9. */
    FAILURE(List.of(Profile.FAILURE), "FAIL"),
    /** Sections 3 and 8: channels, and which of them carries what. */
    SCHEDULING(List.of(Profile.DATA, Profile.FAILURE), "CH", "SCH"),
    /** Section 2: packets that no peer sent. */
    HOSTILE(List.of(Profile.HOSTILE), "HDR");

    private final List<Profile> profiles;
    private final Set<String> groups;

    Topic(List<Profile> profiles, String... groups) {
        this.profiles = profiles;
        this.groups = Set.of(groups);
    }

    /** The scenarios about it. */
    List<Profile> profiles() {
        return profiles;
    }

    /** Whether a drill is about it before all else. */
    boolean has(Drill drill) {
        return groups.contains(drill.clauses().getFirst().split("-")[1]);
    }
}
