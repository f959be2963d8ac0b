using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>Tables of ASP.NET Core Identity, which its base contexts name themselves.</summary>
internal static class IdentityTables
{
    // IdentityDbContext<TUser, TRole, TKey, TUserClaim, TUserRole, TUserLogin, TRoleClaim, TUserToken>
    private static readonly string?[] All = ["AspNetUsers", "AspNetRoles", null, "AspNetUserClaims", "AspNetUserRoles", "AspNetUserLogins", "AspNetRoleClaims", "AspNetUserTokens"];

    // Of Entity Framework 6: IdentityDbContext<TUser, TRole, TKey, TUserLogin, TUserRole, TUserClaim>
    private static readonly string?[] Old = ["AspNetUsers", "AspNetRoles", null, "AspNetUserLogins", "AspNetUserRoles", "AspNetUserClaims"];

    /// <summary>The table of a type argument; null when it has none.</summary>
    public static string? NameOf(int argument, int arguments) => (arguments == Old.Length ? Old : All).ElementAtOrDefault(argument);

    /// <summary>Whether a context lets its base name the tables after everything else, so that the base's names stand.</summary>
    public static bool AreNamedLast(BaseTypeDeclarationSyntax context)
    {
        var creating = (context as TypeDeclarationSyntax)?.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(m => m.Identifier.ValueText == "OnModelCreating")?.Body?.Statements;
        var (mapped, named) = (-1, -1);
        foreach (var (statement, i) in (creating ?? default).Select((s, i) => (s, i)))
        {
            foreach (var call in statement.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                switch (Names.Called(call)?.Identifier.ValueText)
                {
                    case "OnModelCreating" when Names.Receiver(call) is BaseExpressionSyntax:
                        named = i;
                        break;
                    case "ApplyConfiguration" or "ApplyConfigurationsFromAssembly" or "ToTable":
                        mapped = i;
                        break;
                }
            }
        }

        return mapped >= 0 && named > mapped;
    }
}
