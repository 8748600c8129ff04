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

    @Override
    public String toString() {
        return state.toString();
    }
}
