#include "base64.h"

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const uint8_t *data, size_t length, struct bytes *out)
{
    uint8_t *text = bytes_extend(out, (length + 2) / 3 * 4);
    for (size_t at = 0; at < length; at += 3, text += 4) {
        size_t left = length - at;
        uint32_t group = (uint32_t) data[at] << 16 | (left > 1 ? (uint32_t) data[at + 1] << 8 : 0)
            | (left > 2 ? data[at + 2] : 0);
        text[0] = (uint8_t) DIGITS[group >> 18];
        text[1] = (uint8_t) DIGITS[group >> 12 & 63];
        text[2] = left > 1 ? (uint8_t) DIGITS[group >> 6 & 63] : '=';
        text[3] = left > 2 ? (uint8_t) DIGITS[group & 63] : '=';
    }
}

static int value(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    return digit == '+' ? 62 : digit == '/' ? 63 : -1;
}

bool base64_decode(const char *text, size_t length, struct bytes *out)
{
    size_t padding = 0;
    if (length % 4 != 0)
        return false;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    for (size_t at = 0; at < length; at += 4) {
        size_t digits = at + 4 == length ? 4 - padding : 4;
        uint32_t group = 0;
        for (size_t i = 0; i < 4; i++) {
            int digit = i < digits ? value(text[at + i]) : 0;
            if (digit < 0)
                return false;
            group = group << 6 | (uint32_t) digit;
        }
        uint8_t bytes[] = {(uint8_t) (group >> 16), (uint8_t) (group >> 8), (uint8_t) group};
        bytes_append(out, bytes, digits - 1);
    }
    return true;
}
