package org.netchannel.cli;

import java.util.Locale;
import java.util.StringJoiner;
import org.netchannel.conformance.suite.Topic;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads themes as they are typed: {@code head-of-line}. */
final class TopicConverter implements ITypeConverter<Topic> {
    @Override
    public Topic convert(String text) {
        StringJoiner legal = new StringJoiner(", ");
        for (Topic topic : Topic.values()) {
            String name = topic.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return topic;
            }
            legal.add(name);
        }
        throw new TypeConversionException("'" + text + "' is no theme, legal is one of " + legal);
    }
}
