package org.netchannel.specs.engine.isolated;

import org.netchannel.specs.engine.SpecState;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.TLCState;
import tlc2.value.IValue;
import tlc2.value.impl.Value;
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

    /** Equal when every variable is. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TlcState that)) {
            return false;
        }
        for (OpDeclNode variable : state.getVars()) {
            UniqueString name = variable.getName();
            if (!ConcreteValues.equal((Value) state.lookup(name), (Value) that.state.lookup(name))) {
                return false;
            }
        }
        return true;
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
