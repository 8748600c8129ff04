package org.netchannel.specs.distributed;

import java.io.IOException;
import java.lang.reflect.Field;
import tlc2.tool.TLCState;
import tlc2.tool.TLCStateInfo;
import tlc2.tool.TLCTrace;
import tlc2.tool.WorkerException;
import tlc2.tool.distributed.TLCApp;
import tlc2.tool.distributed.TLCServer;

/**
 * The trace of distributed TLC, which prints the whole way to a violation. States that come from workers have lost
 * their level, so TLC takes each for an initial one and prints no more than the last step.
 */
final class WholeTrace extends TLCTrace {
    private WholeTrace(TLCApp app) throws IOException {
        super(app.getMetadir(), app.getFileName(), app);
    }

    /** Puts it into a server that has written no state yet. */
    static void into(TLCServer server, TLCApp app) throws IOException, ReflectiveOperationException {
        server.trace.close();
        Field trace = TLCServer.class.getDeclaredField("trace");
        trace.setAccessible(true);
        trace.set(server, new WholeTrace(app));
    }

    @Override
    public void printTrace(TLCState last, TLCState violating) throws IOException, WorkerException {
        TLCStateInfo[] before = getTrace(last.uid, false);
        if (before.length > 0) {
            last.setPredecessor(before[before.length - 1].state);
        }
        super.printTrace(last, violating);
    }
}
