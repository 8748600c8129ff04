package org.netchannel.bench.speed;

import java.util.List;

/**
 * What is to be known, who is measured for it, and what is promised.
 *
 * @param name as it is typed
 * @param text the question
 * @param contenders measured in each round
 * @param demands held against the rounds
 */
public record Question(String name, String text, List<Contender> contenders, List<Demand> demands) {}
