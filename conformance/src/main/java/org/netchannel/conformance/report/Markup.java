package org.netchannel.conformance.report;

/** Text in HTML, SVG and XML. What comes from a tested implementation must stay text there. */
public final class Markup {
    private Markup() {}

    /**
     * A text as markup that shows it, between tags and in quoted attributes.
     *
     * @param text any text
     * @return the same, escaped; characters that XML does not have are replaced
     */
    public static String escaped(String text) {
        StringBuilder markup = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                default -> markup.appendCodePoint(isLegal(c) ? c : '\ufffd');
            }
        });
        return markup.toString();
    }

    /**
     * A text without the characters that XML does not have.
     *
     * @param text any text
     * @return the same, with those replaced
     */
    public static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : '\ufffd'));
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\n' || c == '\t' || c >= 0x20 && c <= 0xd7ff && !(c >= 0x7f && c <= 0x9f)
                || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
    }
}
