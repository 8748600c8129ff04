package org.netchannel.hygiene;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows between the rooms: which module may know which. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.netchannel");

    private record Room(String name, String... mayKnow) {}

    private static final List<Room> ROOMS = List.of(
            new Room("traces"),
            new Room("specs"),
            new Room("reference", "traces"),
            new Room("optimized", "traces"),
            new Room("conformance", "traces", "reference", "optimized", "specs"),
            new Room("bench", "traces", "reference", "optimized", "specs", "conformance"),
            new Room("cli", "traces", "reference", "optimized", "specs", "conformance", "bench"));

    @TestFactory
    Stream<DynamicTest> aRoomKnowsOnlyTheRoomsItMay() {
        return ROOMS.stream().map(room -> DynamicTest.dynamicTest(room.name(), () -> {
            List<String> legal = new ArrayList<>(List.of(packages(room.name())));
            for (String other : room.mayKnow()) {
                legal.add(packages(other));
            }
            noClasses().that().resideInAPackage(packages(room.name()))
                    .should().dependOnClassesThat(resideElsewhereInProject(legal))
                    .check(CLASSES);
        }));
    }

    private static DescribedPredicate<JavaClass> resideElsewhereInProject(List<String> legal) {
        return resideInAPackage("org.netchannel..")
                .and(not(resideInAnyPackage(legal.toArray(String[]::new))))
                .as("in other rooms than " + legal);
    }

    private static boolean hasMain(JavaClass javaClass) {
        return javaClass.tryGetMethod("main", String[].class).isPresent();
    }

    private static String packages(String room) {
        return "org.netchannel." + room + "..";
    }

    @Test
    void everyClassIsInARoom() {
        assertThat(CLASSES).hasSizeGreaterThan(100);
        classes().should()
                .resideInAnyPackage(ROOMS.stream().map(room -> packages(room.name())).toArray(String[]::new))
                .check(CLASSES);
    }

    /** The protocol is pure: no clock, no thread, no randomness of its own, no input or output. */
    @Test
    void theReferenceDependsOnNothingButItsInputs() {
        noClasses().that().resideInAPackage(packages("reference"))
                .should().dependOnClassesThat().resideInAnyPackage(
                        "java.io..", "java.nio..", "java.net..", "java.time..", "java.util.concurrent..",
                        "java.security..")
                .orShould().dependOnClassesThat().areAssignableTo(Thread.class)
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(Math.class, "random")
                .check(CLASSES);
    }

    /** A class with a main method is a process of its own. */
    @Test
    void nobodyEndsTheProcessButWhoWasStartedAsOne() {
        noClasses().that(not(describe("have a main method", ArchitectureTest::hasMain)))
                .should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }
}
