package org.netchannel.optimized;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.Agent;

/** What one thread does over and over: its agents' work, one after the other. */
final class DutyCycle implements Agent {
    private final String name;
    private final Cycles cycles;
    private final List<Agent> agents;

    DutyCycle(String name, Cycles cycles, List<? extends Agent> agents) {
        this.name = name;
        this.cycles = cycles;
        this.agents = new CopyOnWriteArrayList<>(agents);
    }

    /** From now on this is done with every cycle, too. Any thread. */
    void add(Agent agent) {
        agents.add(agent);
    }

    @Override
    public String roleName() {
        return name;
    }

    @Override
    public int doWork() throws Exception {
        cycles.begin(System.nanoTime());
        int work = 0;
        for (int i = 0; i < agents.size(); i++) {
            work += agents.get(i).doWork();
        }
        return work;
    }

    @Override
    public void onClose() {
        for (Agent agent : agents) {
            agent.onClose();
        }
    }
}
