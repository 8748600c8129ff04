package org.netchannel.optimized.nio;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;

/**
 * A view of a set from which elements may be removed but to which none can be added, as a selector shows its selected
 * keys.
 *
 * @param <E> the elements
 */
final class RemoveOnlySet<E> extends AbstractSet<E> {
    private final Set<E> all;

    RemoveOnlySet(Set<E> all) {
        this.all = all;
    }

    @Override
    public Iterator<E> iterator() {
        return all.iterator();
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public boolean contains(Object element) {
        return all.contains(element);
    }

    @Override
    public boolean remove(Object element) {
        return all.remove(element);
    }

    @Override
    public boolean removeAll(Collection<?> elements) {
        return all.removeAll(elements);
    }

    @Override
    public void clear() {
        all.clear();
    }
}
