using System.Text.Json;
using Conway.Testing.Queries;

namespace Conway.Testing.Tests;

/// <summary>The rules of RFC 9535 for singular queries, by its sections, and the one wildcard that a pick may have.</summary>
public sealed class JsonQueryTests
{
    [Theory]
    // 2.2 the root
    [InlineData("$", """{"k":"v"}""", """{"k":"v"}""")]
    [InlineData("$", "7", "7")]
    // 2.3.1 names, by the examples of the section
    [InlineData("$.o['j j']", """{"o":{"j j":{"k.k":3}},"'":{"@":2}}""", """{"k.k":3}""")]
    [InlineData("$.o['j j']['k.k']", """{"o":{"j j":{"k.k":3}}}""", "3")]
    [InlineData("$.o[\"j j\"][\"k.k\"]", """{"o":{"j j":{"k.k":3}}}""", "3")]
    [InlineData("$[\"'\"][\"@\"]", """{"'":{"@":2}}""", "2")]
    [InlineData("$['']", """{"":1}""", "1")]
    [InlineData("$['\"']", """{"\"":1}""", "1")]
    [InlineData(@"$['\'']", """{"'":1}""", "1")]
    [InlineData(@"$[""\""""]", """{"\"":1}""", "1")]
    [InlineData(@"$['\b\f\n\r\t\/\\']", """{"\b\f\n\r\t/\\":1}""", "1")]
    [InlineData(@"$['\u263A']", """{"☺":1}""", "1")]
    [InlineData(@"$['\u263a']", """{"☺":1}""", "1")]
    [InlineData(@"$['\uD834\uDD1E']", """{"𝄞":1}""", "1")]
    [InlineData("$.☺", """{"☺":1}""", "1")]
    [InlineData("$.𝄞a", """{"𝄞a":1}""", "1")]
    [InlineData("$._a1", """{"_a1":1}""", "1")]
    [InlineData("$.a", """{"A":1}""", null)]
    [InlineData("$.a", """[1]""", null)]
    [InlineData("$.a", """null""", null)]
    [InlineData("$.a", """{"a":null}""", "null")]
    // Names are compared by code points: a letter and its accent are not one letter.
    [InlineData(@"$['a\u030A']", """{"å":1}""", null)]
    // 2.3.3 indexes
    [InlineData("$[1]", """["a","b"]""", "\"b\"")]
    [InlineData("$[-2]", """["a","b"]""", "\"a\"")]
    [InlineData("$[2]", """["a","b"]""", null)]
    [InlineData("$[-3]", """["a","b"]""", null)]
    [InlineData("$[9007199254740991]", """["a"]""", null)]
    [InlineData("$[-9007199254740991]", """["a"]""", null)]
    [InlineData("$[0]", """{"0":1}""", null)]
    // 2.5.1 child segments, and blank space where the grammar allows it
    [InlineData("$.a[0].b", """{"a":[{"b":1}]}""", "1")]
    [InlineData("$ .a\t[ 0 ]\n[ 'b' ]", """{"a":[{"b":1}]}""", "1")]
    public void A_query_finds_the_value_it_names(string query, string json, string? found) => Assert.Equal(found, Read(query).Find(Some.Json(json))?.GetRawText());

    [Theory]
    [InlineData("$.items[*].id", """{"items":[{"id":1},{"id":2},{},{"id":null}]}""", "1 2 null")]
    [InlineData("$[*]", """[1,[2],{}]""", "1 [2] {}")]
    [InlineData("$.*", """{"a":1,"b":[2]}""", "1 [2]")]
    [InlineData("$['*']", """{"*":1,"b":2}""", "1")]
    [InlineData("$[*]", "1", "")]
    [InlineData("$.items[*].id", """{"items":[]}""", "")]
    [InlineData("$[*][-1]", """[[1,2],[3]]""", "2 3")]
    public void A_query_with_a_wildcard_finds_all_values_in_order(string query, string json, string found) =>
        Assert.Equal(found, string.Join(' ', Read(query).All(Some.Json(json)).Select(f => f.GetRawText())));

    [Theory]
    [InlineData("", 0, "a query begins with $")]
    [InlineData("a.b", 0, "a query begins with $")]
    [InlineData(" $", 0, "a query begins with $")]
    [InlineData("$ ", 1, "blank space may not end a query")]
    [InlineData("$a", 1, "'a' begins nothing; write .name, ['name'] or [0]")]
    [InlineData("$.", 2, "a name after a dot begins with a letter, _ or a character beyond ASCII; write other names as ['…']")]
    [InlineData("$. a", 2, "a name after a dot begins with a letter, _ or a character beyond ASCII; write other names as ['…']")]
    [InlineData("$.1a", 2, "a name after a dot begins with a letter, _ or a character beyond ASCII; write other names as ['…']")]
    [InlineData("$.unit-price", 6, "'-' begins nothing; write .name, ['name'] or [0]")]
    [InlineData("$..a", 2, "'..' may find several values; write the whole way down")]
    [InlineData("$[", 2, "a name in brackets stands in quotes: ['name']")]
    [InlineData("$[]", 2, "a name in brackets stands in quotes: ['name']")]
    [InlineData("$[a]", 2, "a name in brackets stands in quotes: ['name']")]
    [InlineData("$['a'", 5, "']' is missing")]
    [InlineData("$['a", 2, "the name is not closed by '")]
    [InlineData("$[\"a']", 2, "the name is not closed by \"")]
    [InlineData("$['a','b']", 5, "lists and slices may find several values; write one name or index")]
    [InlineData("$[0:2]", 3, "lists and slices may find several values; write one name or index")]
    [InlineData("$[:2]", 2, "lists and slices may find several values; write one name or index")]
    [InlineData("$[?@.a]", 2, "filters may find several values; write one name or index")]
    [InlineData("$[00]", 2, "an index is 0, or a whole number that does not begin with 0")]
    [InlineData("$[01]", 2, "an index is 0, or a whole number that does not begin with 0")]
    [InlineData("$[-0]", 2, "an index is 0, or a whole number that does not begin with 0")]
    [InlineData("$[-]", 2, "an index is 0, or a whole number that does not begin with 0")]
    [InlineData("$[1.0]", 3, "']' is missing")]
    [InlineData("$[1e3]", 3, "']' is missing")]
    [InlineData("$[9007199254740992]", 2, "the index is beyond 2^53 - 1")]
    [InlineData("$[99999999999999999999]", 2, "the index is beyond 2^53 - 1")]
    [InlineData(@"$['\x']", 3, @"after \ stands one of b f n r t / \ u '")]
    [InlineData(@"$['\""']", 3, @"after \ stands one of b f n r t / \ u '")]
    [InlineData(@"$[""\'""]", 3, @"after \ stands one of b f n r t / \ u """)]
    [InlineData(@"$['\u12']", 5, @"\u is followed by four hexadecimal digits")]
    [InlineData(@"$['\u 123']", 5, @"\u is followed by four hexadecimal digits")]
    [InlineData(@"$['\uD834']", 9, "half of a surrogate pair is no character")]
    [InlineData(@"$['\uDD1E\uD834']", 9, "half of a surrogate pair is no character")]
    [InlineData("$['a\tb']", 4, "control characters in a name are written \\u0000")]
    [InlineData("$[*].a[*]", 7, "one wildcard is enough; two find values of different origin")]
    [InlineData("$.*.*", 4, "one wildcard is enough; two find values of different origin")]
    public void A_query_that_cannot_be_read_is_told_with_its_place(string query, int position, string message)
    {
        Assert.False(JsonQuery.TryParse(query, out _, out var error));
        Assert.Equal(new QueryError(position, message), error);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_name()
    {
        Assert.False(JsonQuery.TryParse("$." + '\uD834', out _, out var error));
        Assert.Equal(2, error!.Position);
        Assert.False(JsonQuery.TryParse("$['" + '\uDD1E' + "']", out _, out error));
        Assert.Equal(new QueryError(3, "half of a surrogate pair is no character"), error);
    }

    private static JsonQuery Read(string text) => JsonQuery.TryParse(text, out var query, out var error) ? query : throw new JsonException(error.ToString());
}
