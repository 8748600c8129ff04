package org.netchannel.specs.engine.isolated;

import org.netchannel.specs.engine.SpecState;
import tlc2.tool.TLCState;
import tlc2.value.IValue;
import util.UniqueString;

/**
 * A state, with all its values concrete.
 *
 * @param state TLC's form of it
 */
record TlcState(TLCState state) implements SpecState {
    @Override
    public Object value(String variable) {
        IValue value = state.lookup(UniqueString.uniqueStringOf(variable));
        if (value == null) {
            throw new IllegalArgumentException("there is no variable " + variable);
        }
        return TlcValues.toJava(value);
    }

    /** Equal when every variable is. Costs as much as the state is large. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TlcState that && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(state.fingerPrint());
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
