package org.netchannel.specs.engine.isolated;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.netchannel.specs.engine.SpecLoadException;
import tla2sany.semantic.OpDefNode;
import tlc2.value.impl.MethodValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.Value;

/** An operator whose value comes from outside: the static field that its override reads. */
final class Input {
    private static final String OVERRIDES = "tlc2.overrides.TLCOverrides";

    private final MethodHandle field;

    Input(String name, OpDefNode definition, int toolId) {
        if (!(definition.getBody().getToolObject(toolId) instanceof MethodValue)) {
            throw new SpecLoadException(name + " cannot be an input", null);
        }
        try {
            this.field = MethodHandles.publicLookup()
                    .findStaticSetter(Class.forName(OVERRIDES), name, Value.class);
        } catch (ReflectiveOperationException e) {
            throw new SpecLoadException(name + " cannot be an input: " + e, e);
        }
        set(new StringValue("nothing was supplied for " + name));
    }

    void set(Value value) {
        try {
            field.invokeExact(value);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
