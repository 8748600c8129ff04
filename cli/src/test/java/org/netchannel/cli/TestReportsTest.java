package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportsTest {
    @TempDir
    Path home;

    private void report(String module, String test, String attributes) throws IOException {
        Path folder = Files.createDirectories(home.resolve(module).resolve("target/surefire-reports"));
        Files.writeString(folder.resolve("TEST-" + test + ".xml"), "<testsuite " + attributes + "><a/></testsuite>");
    }

    @Test
    void sumsOverModules() throws IOException {
        report("a", "One", "tests='5' failures='1' errors='1' skipped='1'");
        report("b", "Two", "tests='3' failures='0' errors='0' skipped='0'");
        TestReports.Summary summary = TestReports.read(home);
        assertThat(summary).hasToString("5 passed, 2 failed, 1 skipped");
        assertThat(summary.allPassed()).isFalse();
    }

    @Test
    void noTestsAtAllIsNoSuccess() throws IOException {
        assertThat(TestReports.read(home).allPassed()).isFalse();
        report("a", "One", "tests='1' failures='0' errors='0' skipped='1'");
        assertThat(TestReports.read(home).allPassed()).isFalse();
        report("a", "Two", "tests='1' failures='0' errors='0' skipped='0'");
        assertThat(TestReports.read(home).allPassed()).isTrue();
    }

    @Test
    void earlierRunsAreForgotten() throws IOException {
        report("a", "One", "tests='5' failures='1' errors='1' skipped='1'");
        TestReports.forget(home);
        assertThat(TestReports.read(home)).hasToString("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void aReportThatWasCutOffIsAnError() throws IOException {
        report("a", "One", "tests='5'");
        assertThatThrownBy(() -> TestReports.read(home)).isInstanceOf(IOException.class).hasMessageContaining("One");
    }
}
