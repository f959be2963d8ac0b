using Conway.Model;

namespace Conway.Diagrams.Views;

/// <summary>C4, level 1 (Brown, c4model.com): the system among those who use it and what it needs.</summary>
internal static class ContextView
{
    public static Diagram Of(SystemModel model, string? environment, string name)
    {
        var users = Declared.Users(model).ToArray();
        var outside = Declared.Outside(model).ToArray();
        return new Picture("context", $"{model.System}: system context", [],
            [.. users, new Box(Declared.System, model.System, BoxKind.System, "system", Declared.About(model.Description), null), .. outside.Select(one => one.Box)],
            [.. users.Select(user => new Arrow(user.Id, Declared.System, "uses", ArrowKind.Waits)), .. outside.Select(one => new Arrow(Declared.System, one.Box.Id, one.Why, ArrowKind.Waits))]);
    }
}
