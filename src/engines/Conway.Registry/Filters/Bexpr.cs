using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Conway.Registry.Filters;

/// <summary>Consul's filter language, compiled against the type of the items it filters:
/// <c>Service.Meta.version == "2" and (Tags contains blue or not Checks is empty)</c>.</summary>
/// <remarks>
/// <code>
/// or      = and { "or" and }
/// and     = not { "and" not }
/// not     = "not" not | "(" or ")" | match
/// match   = selector ("==" | "!=" | ["not"] "contains" | ["not"] "matches") value
///         | selector "is" ["not"] "empty"
///         | value ["not"] "in" selector
/// selector = name { "." name | "[" quoted "]" }   or a JSON pointer in quotes: "/Service/Meta/my-key"
/// value    = quoted with " or ` | number | word
/// </code>
/// A selector that the type does not have is a fault of the expression, told even when there is nothing to filter. A key that a map lacks is not:
/// it equals nothing and is empty. Regular expressions run in linear time. Source: hashicorp/go-bexpr, its documented grammar.
/// </remarks>
internal static class Bexpr
{
    private const int LengthMax = 8192;
    private const int DepthMax = 64;

    /// <returns>The predicate, or null and what is wrong with the expression.</returns>
    public static (Func<T, bool>? Keep, string Fault) Compile<T>(string text)
    {
        if (text.Length > LengthMax) return (null, $"the expression is longer than {LengthMax} characters");
        if (!TryLex(text, out var tokens, out var fault)) return (null, fault);
        var parser = new Parser(tokens, typeof(T));
        var keep = parser.Whole();
        return keep is null ? (null, parser.Fault) : (item => keep(item), "");
    }

    private enum Kind { Word, Quoted, Symbol, End }

    private readonly record struct Token(Kind Kind, string Text, int At)
    {
        public bool Is(string text) => Kind is Kind.Word or Kind.Symbol && Text == text;
    }

    private static bool TryLex(string text, out List<Token> tokens, out string fault)
    {
        (tokens, fault) = ([], "");
        for (var i = 0; i < text.Length;)
        {
            var letter = text[i];
            if (char.IsWhiteSpace(letter)) { i++; continue; }
            var start = i;
            if (letter is '"' or '`')
            {
                var end = text.IndexOf(letter, i + 1);
                while (letter == '"' && end > 0 && text[end - 1] == '\\') end = text.IndexOf(letter, end + 1);
                if (end < 0) { fault = $"1:{start + 1}: the text that starts here has no end"; return false; }
                var inner = text[(i + 1)..end];
                tokens.Add(new Token(Kind.Quoted, letter == '"' ? inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : inner, start));
                i = end + 1;
            }
            else if (letter is '(' or ')' or '.' or '[' or ']')
            {
                tokens.Add(new Token(Kind.Symbol, letter.ToString(), start));
                i++;
            }
            else if (letter is '=' or '!' && i + 1 < text.Length && text[i + 1] == '=')
            {
                tokens.Add(new Token(Kind.Symbol, text.Substring(i, 2), start));
                i += 2;
            }
            else if (IsWordLetter(letter))
            {
                while (i < text.Length && (IsWordLetter(text[i]) || (text[i] == '.' && char.IsAsciiDigit(text[start]) && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))) i++;
                tokens.Add(new Token(Kind.Word, text[start..i], start));
            }
            else { fault = $"1:{start + 1}: '{letter}' does not belong in an expression"; return false; }
        }
        tokens.Add(new Token(Kind.End, "the end", text.Length));
        return true;
    }

    private static bool IsWordLetter(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '/' or ':';

    /// <summary>A path into an item: its type is known when compiling, its value when filtering; null: the map lacks the key.</summary>
    private sealed record Selector(string Text, Type Type, Func<object?, object?> Get);

    private sealed class Parser(List<Token> tokens, Type root)
    {
        private int _next;
        private int _depth;

        public string Fault { get; private set; } = "";

        private Token Current => tokens[_next];

        public Func<object?, bool>? Whole()
        {
            var keep = Or();
            return keep is not null && Current.Kind != Kind.End ? Fail("nothing or 'and' or 'or'") : keep;
        }

        private Func<object?, bool>? Or()
        {
            var left = And();
            while (left is not null && Take("or"))
            {
                if (And() is not { } right) return null;
                var before = left;
                left = item => before(item) || right(item);
            }
            return left;
        }

        private Func<object?, bool>? And()
        {
            var left = Not();
            while (left is not null && Take("and"))
            {
                if (Not() is not { } right) return null;
                var before = left;
                left = item => before(item) && right(item);
            }
            return left;
        }

        private Func<object?, bool>? Not()
        {
            if (++_depth > DepthMax) return Fail($"at most {DepthMax} levels");
            try
            {
                if (Take("not")) return Not() is { } negated ? item => !negated(item) : null;
                if (!Take("(")) return Match();
                var inner = Or();
                return inner is null || Take(")") ? inner : Fail("')'");
            }
            finally
            {
                _depth--;
            }
        }

        private Func<object?, bool>? Match()
        {
            var first = Current;
            if (first.Kind is not (Kind.Word or Kind.Quoted)) return Fail("a selector or a value");
            var after = tokens[_next + 1];
            if (after.Is("in") || (after.Is("not") && tokens[_next + 2].Is("in")))
            {
                _next += after.Is("in") ? 2 : 3;
                return Select() is { } list ? Negate(Contains(list, first.Text), after.Is("not")) : null;
            }

            if (Select() is not { } selector) return null;
            if (Take("is"))
            {
                var negated = Take("not");
                return Take("empty") ? Negate(Empty(selector), negated) : Fail("'empty' or 'not empty'");
            }
            if (Take("==")) return Value() is { } equal ? Equal(selector, equal) : null;
            if (Take("!=")) return Value() is { } different ? Negate(Equal(selector, different), true) : null;
            var not = Take("not");
            if (Take("contains")) return Value() is { } part ? Negate(Contains(selector, part), not) : null;
            if (Take("matches")) return Value() is { } pattern ? Negate(Matches(selector, pattern), not) : null;
            return Fail("an operator: ==, !=, in, contains, matches, is empty");
        }

        private Selector? Select()
        {
            var start = Current;
            if (start.Kind == Kind.Quoted && start.Text.StartsWith('/'))
            {
                _next++;
                var pointer = new Selector(start.Text, root, static item => item);
                foreach (var part in start.Text[1..].Split('/'))
                {
                    var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                    if (Step(pointer!, name, start.Text) is not { } next) return null;
                    pointer = next;
                }
                return pointer;
            }
            if (start.Kind != Kind.Word) { Fail("a selector"); return null; }
            _next++;
            var selector = Step(new Selector("", root, static item => item), start.Text, start.Text);
            while (selector is not null)
            {
                if (Take("."))
                {
                    if (Current.Kind != Kind.Word) { Fail("a field name"); return null; }
                    var name = tokens[_next++].Text;
                    selector = Step(selector, name, $"{selector.Text}.{name}");
                }
                else if (Take("["))
                {
                    if (Current.Kind != Kind.Quoted) { Fail("a key in quotes"); return null; }
                    var name = tokens[_next++].Text;
                    if (!Take("]")) { Fail("']'"); return null; }
                    selector = Step(selector, name, $"{selector.Text}[\"{name}\"]");
                }
                else
                {
                    break;
                }
            }
            return selector;
        }

        private Selector? Step(Selector from, string name, string text)
        {
            if (MapValue(from.Type) is { } valueType)
            {
                return new Selector(text, valueType, item => from.Get(item) is IDictionary map && map.Contains(name) ? map[name] : null);
            }
            if (from.Type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { } property && Scalar(from.Type) is null && Element(from.Type) is null)
                return new Selector(text, property.PropertyType, item => from.Get(item) is { } value ? property.GetValue(value) : null);
            Fault = $"Selector \"{text}\" is not valid";
            return null;
        }

        private Func<object?, bool>? Equal(Selector selector, string wanted)
        {
            if (selector.Type == typeof(string)) return item => selector.Get(item) is string text && text == wanted;
            if (selector.Type == typeof(bool))
                return bool.TryParse(wanted, out var flag) ? item => selector.Get(item) is bool value && value == flag : Unfit(selector, wanted);
            if (Scalar(selector.Type) is not null)
                return decimal.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? item => selector.Get(item) is { } value && Convert.ToDecimal(value, CultureInfo.InvariantCulture) == number
                    : Unfit(selector, wanted);
            return Invalid(selector, "==");
        }

        private Func<object?, bool>? Contains(Selector selector, string wanted)
        {
            if (selector.Type == typeof(string)) return item => selector.Get(item) is string text && text.Contains(wanted, StringComparison.Ordinal);
            if (Element(selector.Type) == typeof(string)) return item => selector.Get(item) is IEnumerable<string> list && list.Contains(wanted);
            return MapValue(selector.Type) is not null ? item => selector.Get(item) is IDictionary map && map.Contains(wanted) : Invalid(selector, "contains");
        }

        private Func<object?, bool>? Matches(Selector selector, string pattern)
        {
            if (selector.Type != typeof(string)) return Invalid(selector, "matches");
            try
            {
                // Linear time whatever the pattern, as Go's: an expression from outside must not stop the registry.
                var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                return item => selector.Get(item) is string text && regex.IsMatch(text);
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                Fault = $"failed to compile regular expression \"{pattern}\": {error.Message}";
                return null;
            }
        }

        private Func<object?, bool>? Empty(Selector selector)
        {
            if (selector.Type == typeof(string)) return item => selector.Get(item) is not string { Length: > 0 };
            return MapValue(selector.Type) is not null || Element(selector.Type) is not null
                ? item => selector.Get(item) is not IEnumerable list || !list.GetEnumerator().MoveNext()
                : Invalid(selector, "is empty");
        }

        private static Func<object?, bool>? Negate(Func<object?, bool>? match, bool negated) =>
            match is null || !negated ? match : item => !match(item);

        private string? Value()
        {
            if (Current.Kind is Kind.Word or Kind.Quoted) return tokens[_next++].Text;
            Fail("a value");
            return null;
        }

        private bool Take(string text)
        {
            if (!Current.Is(text)) return false;
            _next++;
            return true;
        }

        private Func<object?, bool>? Fail(string wanted)
        {
            if (Fault.Length == 0) Fault = $"1:{Current.At + 1}: expected {wanted}, found {(Current.Kind == Kind.End ? "the end" : $"'{Current.Text}'")}";
            return null;
        }

        private Func<object?, bool>? Invalid(Selector selector, string operation)
        {
            Fault = $"Invalid match operator \"{operation}\" for selector \"{selector.Text}\"";
            return null;
        }

        private Func<object?, bool>? Unfit(Selector selector, string value)
        {
            Fault = $"Failed to coerce value \"{value}\" of selector \"{selector.Text}\" to {(selector.Type == typeof(bool) ? "true or false" : "a number")}";
            return null;
        }
    }

    private static Type? Scalar(Type type) => type == typeof(string) || type.IsPrimitive ? type : null;

    private static Type? MapValue(Type type) => Argument(type, typeof(IReadOnlyDictionary<,>), 1);

    private static Type? Element(Type type) => type == typeof(string) || MapValue(type) is not null ? null : Argument(type, typeof(IEnumerable<>), 0);

    private static Type? Argument(Type type, Type generic, int position) =>
        type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == generic)?.GetGenericArguments()[position];
}
