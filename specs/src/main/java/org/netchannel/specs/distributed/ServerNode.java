package org.netchannel.specs.distributed;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.netchannel.specs.tlc.TlcMain;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.output.MP;
import tlc2.tool.distributed.DistributedFPSetTLCServer;
import tlc2.tool.distributed.TLCApp;
import tlc2.tool.distributed.TLCServer;

/**
 * TLC's server, as its own main method runs it, but with an exit status that says what came out and with a word about
 * progress every second. It refuses temporal properties: distributed TLC would leave them out without a word.
 */
final class ServerNode {
    /** System property of TLC: how many fingerprint sets will register. */
    static final String FINGERPRINT_SETS = "tlc2.tool.distributed.TLCServer.expectedFPSetCount";

    /** System property: where TLC keeps states. */
    static final String METADATA = "netchannel.distributed.metadata";

    /** Exit status when a behaviour violates something; TLC does not say what. */
    static final int VIOLATION = 12;

    /** Exit status when the model has temporal properties. */
    static final int TEMPORAL = 64;

    private ServerNode() {}

    /** Returns the exit status. */
    static int run(String[] arguments) throws Exception {
        TLCGlobals.setNumWorkers(0);
        TLCGlobals.chkptDuration = 0;
        TLCGlobals.metaDir = System.getProperty(METADATA) + java.io.File.separator;
        TLCApp app = TLCApp.create(arguments);
        if (!app.tool.livenessIsTrue()) {
            return TEMPORAL;
        }
        TLCServer server = new Server(app);
        WholeTrace.into(server, app);
        TlcMain.everySecond(() -> tellProgress(server));
        try {
            Method modelCheck = TLCServer.class.getDeclaredMethod("modelCheck");
            modelCheck.setAccessible(true);
            modelCheck.invoke(server);
        } catch (java.lang.reflect.InvocationTargetException e) {
            MP.printError(EC.GENERAL, e.getCause());
            MP.flush();
            throw e;
        }
        MP.flush();
        return isViolated(server) ? VIOLATION : EC.ExitStatus.SUCCESS;
    }

    /**
     * TLC's own fails when it counts states of a worker that came when all was done. What is under way at workers is
     * not counted here.
     */
    private static final class Server extends DistributedFPSetTLCServer {
        private static final long serialVersionUID = 1;

        Server(TLCApp app) throws Exception {
            super(app, Integer.getInteger(FINGERPRINT_SETS));
        }

        @Override
        public synchronized long getNewStates() {
            return stateQueue.size();
        }
    }

    private static boolean isViolated(TLCServer server) throws ReflectiveOperationException {
        Field errState = TLCServer.class.getDeclaredField("errState");
        errState.setAccessible(true);
        return errState.get(server) != null;
    }

    private static void tellProgress(TLCServer server) {
        if (server.isRunning() && server.getWorkerCount() > 0) {
            TlcMain.tell(server.getStatesGenerated(), server.fpSetManager.size(), server.getNewStates(), 0);
        }
    }
}
