#include "json.h"

#include <string.h>

struct reader {
    char *at, *end;
};

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL && *reader->at != '\0')
        reader->at++;
}

static bool take(struct reader *reader, char wanted)
{
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

static bool take_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t) (reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool is_digit(const struct reader *reader)
{
    return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

/* Four hexadecimal digits, or -1. */
static int32_t hex4(struct reader *reader)
{
    int32_t code = 0;
    if (reader->end - reader->at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char digit = *reader->at++;
        int value = digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
            : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
        if (value < 0)
            return -1;
        code = code << 4 | value;
    }
    return code;
}

/* Behind "\u": one code point in UTF-8, which never takes more room than its escape. */
static char *unicode(struct reader *reader, char *out)
{
    int32_t code = hex4(reader);
    if (code >= 0xD800 && code < 0xDC00) {
        int32_t low = take_word(reader, "\\u") ? hex4(reader) : -1;
        code = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : -1;
    } else if (code >= 0xDC00 && code < 0xE000) {
        code = -1;
    }
    if (code < 0)
        return NULL;
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const int first[] = {0, 0xC0, 0xE0, 0xF0};
    *out++ = (char) (first[more] | code >> 6 * more);
    while (more-- > 0)
        *out++ = (char) (0x80 | (code >> 6 * more & 0x3F));
    return out;
}

/* Behind a backslash. NULL when it is no escape. */
static char *escape(struct reader *reader, char *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end)
        return NULL;
    char letter = *reader->at++;
    if (letter == 'u')
        return unicode(reader, out);
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    if (found == NULL)
        return NULL;
    *out++ = meanings[found - letters];
    return out;
}

static bool read_string(struct reader *reader, struct json_text *text)
{
    if (!take(reader, '"'))
        return false;
    char *out = text->text = reader->at;
    while (reader->at < reader->end) {
        char next = *reader->at++;
        if (next == '"') {
            text->length = (size_t) (out - text->text);
            return true;
        }
        if ((unsigned char) next < 0x20)
            return false;
        if (next != '\\')
            *out++ = next;
        else if ((out = escape(reader, out)) == NULL)
            return false;
    }
    return false;
}

static bool skip_digits(struct reader *reader)
{
    bool any = is_digit(reader);
    while (is_digit(reader))
        reader->at++;
    return any;
}

static bool read_number(struct reader *reader, struct json_value *value)
{
    value->kind = JSON_NUMBER;
    value->whole = true;
    value->negative = take_word(reader, "-");
    char *first = reader->at;
    for (; is_digit(reader); reader->at++) {
        uint64_t digit = (uint64_t) (*reader->at - '0');
        value->whole = value->whole && value->magnitude <= (UINT64_MAX - digit) / 10;
        value->magnitude = value->magnitude * 10 + digit;
    }
    if (reader->at == first || (*first == '0' && reader->at - first > 1))
        return false;
    if (take_word(reader, ".")) {
        value->whole = false;
        if (!skip_digits(reader))
            return false;
    }
    if (take_word(reader, "e") || take_word(reader, "E")) {
        value->whole = false;
        if (!take_word(reader, "+"))
            take_word(reader, "-");
        return skip_digits(reader);
    }
    return true;
}

/* Over a string as it stands: what is nested is decoded when it is read itself, so nothing may be moved before. */
static bool skip_string(struct reader *reader)
{
    for (reader->at++; reader->at < reader->end; reader->at++) {
        if (*reader->at == '"') {
            reader->at++;
            return true;
        }
        if (*reader->at == '\\' && ++reader->at == reader->end)
            return false;
    }
    return false;
}

/* Over an object or an array: its brackets match; what is in it is looked at only by those who read it. */
static bool read_nested(struct reader *reader, struct json_value *value)
{
    char closing[JSON_DEPTH], *first = reader->at;
    int depth = 0;
    value->kind = *first == '{' ? JSON_OBJECT : JSON_ARRAY;
    do {
        if (reader->at == reader->end)
            return false;
        char next = *reader->at;
        if (next == '"') {
            if (!skip_string(reader))
                return false;
            continue;
        }
        if ((next == '{' || next == '[') && depth == JSON_DEPTH)
            return false;
        if (next == '{' || next == '[')
            closing[depth++] = next == '{' ? '}' : ']';
        else if ((next == '}' || next == ']') && closing[--depth] != next)
            return false;
        reader->at++;
    } while (depth > 0);
    value->text = (struct json_text) {first, (size_t) (reader->at - first)};
    return true;
}

static bool read_value(struct reader *reader, struct json_value *value)
{
    static const struct { const char *word; enum json_kind kind; } words[] = {
        {"null", JSON_NULL}, {"false", JSON_FALSE}, {"true", JSON_TRUE}};
    *value = (struct json_value) {0};
    skip_blanks(reader);
    if (reader->at == reader->end)
        return false;
    if (*reader->at == '{' || *reader->at == '[')
        return read_nested(reader, value);
    if (*reader->at == '"') {
        value->kind = JSON_STRING;
        return read_string(reader, &value->text);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_word(reader, words[i].word)) {
            value->kind = words[i].kind;
            return true;
        }
    return read_number(reader, value);
}

static bool read_member(struct reader *reader, struct json_object *object)
{
    if (object->count == JSON_MEMBERS)
        return false;
    size_t index = object->count++;
    return read_string(reader, &object->names[index]) && take(reader, ':')
        && read_value(reader, &object->values[index]);
}

bool json_read(char *text, size_t length, struct json_object *object)
{
    struct reader reader = {text, text + length};
    object->count = 0;
    if (!take(&reader, '{'))
        return false;
    if (!take(&reader, '}')) {
        do
            if (!read_member(&reader, object))
                return false;
        while (take(&reader, ','));
        if (!take(&reader, '}'))
            return false;
    }
    skip_blanks(&reader);
    return reader.at == reader.end;
}

/* How many bytes follow the first of a sequence; -1 when it can't be the first. *lowest is the least that the whole
 * sequence may stand for, as shorter ones stand for less. */
static int utf8_more(unsigned char first, uint32_t *lowest)
{
    *lowest = first < 0x80 ? 0 : first < 0xE0 ? 0x80 : first < 0xF0 ? 0x800 : 0x10000;
    return first < 0x80 ? 0 : first >= 0xC0 && first < 0xE0 ? 1 : first >= 0xE0 && first < 0xF0 ? 2
        : first >= 0xF0 && first < 0xF8 ? 3 : -1;
}

bool json_is_utf8(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t lowest, code = (unsigned char) text[at];
        int more = utf8_more((unsigned char) text[at++], &lowest);
        if (more < 0 || length - at < (size_t) more)
            return false;
        code = more == 0 ? code : code & (0x3Fu >> more);
        for (; more > 0; more--, at++) {
            if (((unsigned char) text[at] & 0xC0) != 0x80)
                return false;
            code = code << 6 | ((unsigned char) text[at] & 0x3F);
        }
        if (code < lowest || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            return false;
    }
    return true;
}

bool json_is(const struct json_text *text, const char *other)
{
    return text->length == strlen(other) && memcmp(text->text, other, text->length) == 0;
}

const struct json_value *json_get(const struct json_object *object, const char *name)
{
    for (size_t index = object->count; index-- > 0;)
        if (json_is(&object->names[index], name))
            return &object->values[index];
    return NULL;
}

void json_write_string(struct bytes *out, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    bytes_append(out, "\"", 1);
    for (; *text != '\0'; text++) {
        unsigned char next = (unsigned char) *text;
        if (next == '"' || next == '\\' || next < 0x20) {
            char escaped[] = {'\\', 'u', '0', '0', hex[next >> 4], hex[next & 15]};
            bytes_append(out, escaped, sizeof escaped);
        } else {
            bytes_append(out, text, 1);
        }
    }
    bytes_append(out, "\"", 1);
}
