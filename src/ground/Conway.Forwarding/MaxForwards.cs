using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Conway.Forwarding;

/// <summary>How many more hops an OPTIONS request may make. Source: RFC 9110 §7.6.2.</summary>
/// <remarks>The field also rules TRACE, which is not forwarded at all; with any other method it means nothing and is left as it is.</remarks>
internal static class MaxForwards
{
    private const string Name = "Max-Forwards";

    /// <summary>Counts this hop.</summary>
    /// <param name="request">Its header is changed.</param>
    /// <returns>The answer when the request ends here; null when it may go on.</returns>
    internal static Problem? Count(HttpRequest request)
    {
        if (!HttpMethods.IsOptions(request.Method) || !request.Headers.TryGetValue(Name, out var values))
        {
            return null;
        }

        if (!TryRead(values, out var left))
        {
            return new Problem(400, "bad-max-forwards", "Max-Forwards is not one number in digits.");
        }

        if (left == 0)
        {
            return new Problem(204, "max-forwards", "The request was to go no further.") { Allow = IncomingRequest.Methods };
        }

        request.Headers[Name] = (left - 1).ToString(CultureInfo.InvariantCulture);
        return null;
    }

    // A number too large for us is one that no chain of hops will ever use up.
    private static bool TryRead(StringValues values, out int left)
    {
        left = 0;
        if (values.Count != 1 || values[0] is not { Length: > 0 } text || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        left = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return true;
    }
}
