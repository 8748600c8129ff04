package org.netchannel.conformance.scenario;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The numbers of a step, whatever step it is: all that is in one. Any thread may call. */
public final class Numbers {
    private Numbers() {}

    /**
     * Takes a step apart.
     *
     * @param step the step
     * @return its numbers in their order, in a new array
     */
    public static int[] of(Step step) {
        RecordComponent[] components = step.getClass().getRecordComponents();
        int[] numbers = new int[components.length];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (int) components[i].getAccessor().invoke(step);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a step is a record of numbers: " + step, e);
        }
        return numbers;
    }

    /**
     * Puts a step together again.
     *
     * @param step a step of the wanted kind
     * @param numbers as many as that kind has
     * @return a new step
     */
    public static Step with(Step step, int[] numbers) {
        Class<?>[] types = new Class<?>[numbers.length];
        Arrays.fill(types, int.class);
        try {
            Constructor<? extends Step> constructor = step.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(Arrays.stream(numbers).boxed().toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a step is a record of numbers: " + step, e);
        }
    }
}
