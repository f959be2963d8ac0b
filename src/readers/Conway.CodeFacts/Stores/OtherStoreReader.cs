using Conway.CodeFacts.Bodies;
using Conway.CodeFacts.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conway.CodeFacts.Stores;

/// <summary>What bodies do to stores by other libraries: MongoDB, NHibernate, and the managers of ASP.NET Core Identity.</summary>
internal sealed class OtherStoreReader(FileScope at)
{
    private static readonly string[] MongoWrites = ["Insert", "Replace", "Update", "Delete", "FindOneAnd", "BulkWrite"];

    private static readonly string[] MongoReads = ["Find", "AsQueryable", "Aggregate", "CountDocuments", "EstimatedDocumentCount", "Distinct", "Watch"];

    private static readonly string[] SessionReads = ["Get", "Load", "Query", "QueryOver", "CreateCriteria"];

    private static readonly string[] SessionWrites = ["Save", "Update", "SaveOrUpdate", "Delete", "Persist", "Merge", "Insert"];

    private static readonly string[] ManagerWrites = ["Create", "Update", "Delete", "Add", "Remove", "Set", "Change", "Reset", "Confirm", "AccessFailed", "Replace", "Redeem"];

    private static readonly string[] ManagerReads = ["Find", "Get", "Is", "Has", "Check", "Verify", "PasswordSignIn", "ExternalLoginSignIn", "RoleExists"];

    private StoreFacts Facts => at.Facts.Stores;

    public void Call(InvocationExpressionSyntax node, SimpleNameSyntax name)
    {
        var called = name.Identifier.ValueText;
        if (at.Member == Codebase.None || Names.Receiver(node) is not { } receiver || !(Begins(called, MongoWrites) || Begins(called, MongoReads) || Begins(called, SessionReads) || Begins(called, SessionWrites)
            || Begins(called, ManagerWrites) || Begins(called, ManagerReads) || called is "Flush" or "FlushAsync" or "StartTransaction") || at.TypeOf(receiver) is not INamedTypeSymbol type)
        {
            return;
        }

        switch (type.Name)
        {
            case "IMongoCollection" when type.TypeArguments is [var document]:
                Access(at.SubjectOf(document), called, MongoReads, MongoWrites, StoreAccess.Mongo, name);
                break;
            case "IClientSessionHandle" when called == "StartTransaction":
                Facts.Transactions.Add(new(at.Member, TransactionKind.Begin, at.PlaceOf(name)));
                break;
            case "ISession" or "IStatelessSession" when type.ContainingNamespace?.ToDisplayString() == "NHibernate":
                Session(node, called, name);
                break;
            case "UserManager" or "SignInManager" or "RoleManager" when type.TypeArguments is [var user]:
                // What a manager does is known by its name only.
                Access(at.SubjectOf(user), called, ManagerReads, ManagerWrites, StoreAccess.EfCore, name, isInferred: true);
                break;
        }
    }

    private void Session(InvocationExpressionSyntax node, string called, SimpleNameSyntax name)
    {
        if (called is "Flush" or "FlushAsync")
        {
            Facts.Transactions.Add(new(at.Member, TransactionKind.Save, at.PlaceOf(name)));
            return;
        }

        var subject = name is GenericNameSyntax { TypeArgumentList.Arguments: [var first, ..] } ? at.SubjectOf(at.TypeOf(first))
            : node.ArgumentList.Arguments is [var argument, ..] ? at.SubjectOf(at.TypeOf(argument.Expression)) : Subject.Nothing;
        if (subject.IsType)
        {
            Facts.Sets.Add(new(at.Type, subject.Type, null, StoreAccess.NHibernate, at.PlaceOf(name)));
        }

        Access(subject, called, SessionReads, SessionWrites, StoreAccess.NHibernate, name);
    }

    private void Access(Subject subject, string called, string[] reads, string[] writes, StoreAccess via, SyntaxNode node, bool isInferred = false)
    {
        // FindOneAndUpdate reads by its first word and writes by its whole.
        var mode = Begins(called, writes) ? AccessMode.Write : AccessMode.Read;
        if (!subject.IsNothing && (mode == AccessMode.Write || Begins(called, reads)))
        {
            Facts.Accesses.Add(new(at.NextOrder(), at.Member, subject, mode, via, at.PlaceOf(node), at.InLoop, isInferred));
        }
    }

    private static bool Begins(string called, string[] words) => words.Any(w => called.StartsWith(w, StringComparison.Ordinal));
}
