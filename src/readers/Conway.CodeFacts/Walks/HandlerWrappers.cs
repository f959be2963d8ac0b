using System.Collections.Immutable;
using Conway.CodeFacts.Declared;
using Conway.CodeFacts.Entries;

namespace Conway.CodeFacts.Walks;

/// <summary>What runs around a handler without being called by anybody: open decorators of its interface, and behaviours of the mediator's pipeline.</summary>
/// <remarks>They are where many systems save: <c>UnitOfWorkCommandHandlerDecorator&lt;T&gt;</c>, <c>TransactionBehavior&lt;TRequest, TResponse&gt;</c>.</remarks>
internal sealed class HandlerWrappers
{
    private readonly TypeTable _types;
    private readonly TypeTree _tree;
    private readonly ProjectReach _reach;
    private readonly ImmutableArray<(int Member, int Type)> _behaviours;
    private readonly Dictionary<int, ImmutableArray<Dispatch.Target>> _known = [];

    public HandlerWrappers(TypeTable types, TypeTree tree, ProjectReach reach)
    {
        (_types, _tree, _reach) = (types, tree, reach);
        _behaviours =
        [
            .. types.Types.Where(t => t is { Kind: CodeTypeKind.Class, IsAbstract: false } && tree.Outside(t.Id).Any(b => b.Name == "IPipelineBehavior" && b.Arguments.Any(a => a.IsParameter)))
                .Select(t => (Handle(t.Id), t.Id)).Where(b => b.Item1 != Codebase.None),
        ];
    }

    /// <summary>What runs around a handler of a request, ascending by type. Behaviours count where their project and the handler's see each other.</summary>
    public ImmutableArray<Dispatch.Target> Of(MessageHandler handler)
    {
        if (handler.Kind != MessageKind.Request)
        {
            return [];
        }

        if (!_known.TryGetValue(handler.Handler, out var known))
        {
            var project = _types.Types[handler.Handler].Project;
            var decorators = _tree.Up(handler.Handler).Where(t => HandlerFinder.IsHandlerInterface(_types.Types[t])).SelectMany(i => _tree.DerivedFrom(i).Where(t => IsDecorator(t, i)))
                .Select(t => (Member: Handle(t), Type: t)).Where(t => t.Member != Codebase.None);
            var behaviours = _behaviours.Where(b => _types.Types[b.Type].Project is var own && (_reach.Sees(own, project) || _reach.Sees(project, own)));
            known = _known[handler.Handler] = [.. decorators.Concat(behaviours).DistinctBy(t => t.Type).OrderBy(t => t.Type).Select(t => new Dispatch.Target(t.Member, t.Type, IsInferred: true))];
        }

        return known;
    }

    private bool IsDecorator(int type, int of) =>
        _types.Types[type] is { Kind: CodeTypeKind.Class, IsAbstract: false } && _tree.BasesOf(type).Any(b => b.Base == of && b.Arguments is [{ IsParameter: true }, ..]);

    private int Handle(int type)
    {
        var declared = _types.Types[type];
        for (var i = declared.FirstMember; i < declared.FirstMember + declared.MemberCount; i++)
        {
            if (_types.Members[i] is { Kind: CodeMemberKind.Method, Name: "Handle" or "HandleAsync" or "Execute" or "ExecuteAsync" })
            {
                return i;
            }
        }

        return Codebase.None;
    }
}
