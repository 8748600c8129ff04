package tlc2.overrides;

import org.netchannel.conformance.check.TraceFile;

/** Where TLC looks for Java overrides, by this name: those of the module TraceCheck. */
public final class TLCOverrides implements ITLCOverrides {
    /** Makes the index; TLC does. */
    public TLCOverrides() {}

    @Override
    public Class<?>[] get() {
        return new Class<?>[] {TraceFile.class};
    }
}
