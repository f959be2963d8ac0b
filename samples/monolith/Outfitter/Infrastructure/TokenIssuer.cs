using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Options;

namespace Outfitter.Infrastructure;

/// <summary>Makes and reads signed tokens: <c>CLAIMS.SIGNATURE</c>, both in base64url.</summary>
public sealed class TokenIssuer(IOptions<AuthOptions> options, Clock clock)
{
    private readonly byte[] _key = options.Value.SigningKey is { Length: > 0 } key ? SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)) : RandomNumberGenerator.GetBytes(32);

    public (string Token, DateTime ExpiresAt) Issue(int customerId, string email, bool isStaff)
    {
        var expires = clock.Now.AddHours(options.Value.TokenHours);
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Claims(customerId, email, isStaff, expires));
        return ($"{Base64Url.EncodeToString(claims)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, claims))}", expires);
    }

    /// <summary>What the token says; null when it is not ours, was changed, or its time is over.</summary>
    public Claims? Read(string token)
    {
        if (token.Split('.') is not [var body, var signature] || !Base64Url.IsValid(body) || !Base64Url.IsValid(signature))
            return null;
        var claims = Base64Url.DecodeFromChars(body);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, claims), Base64Url.DecodeFromChars(signature)))
            return null;
        var read = JsonSerializer.Deserialize<Claims>(claims);
        return read?.ExpiresAt > clock.Now ? read : null;
    }

    public sealed record Claims(int CustomerId, string Email, bool IsStaff, DateTime ExpiresAt);
}
