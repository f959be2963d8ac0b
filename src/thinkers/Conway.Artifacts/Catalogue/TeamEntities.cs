using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Model;

namespace Conway.Artifacts.Catalogue;

/// <summary>Teams as groups, in a file of its own for portals that do not know them from elsewhere. Who is in a team is a matter of the identity provider.</summary>
internal static class TeamEntities
{
    public static IEnumerable<YamlMap> Of(CataloguePlan plan)
    {
        var model = plan.System.Model;
        var teams = model.Teams.OrderBy(team => team.Key, StringComparer.Ordinal).ToArray();
        yield return CataloguePlan.Entity("Group", plan.Whole, model.System, null, new Origin("teams", ArtifactRules.CatalogueEverybody))
            .Set("spec", new YamlMap().Set("type", "organization").Set("children", YamlList.Of(teams.Select(team => ObjectNames.Label(team.Key)))));
        foreach (var (name, team) in teams)
        {
            var entity = CataloguePlan.Entity("Group", ObjectNames.Label(name), name, team.Description, new Origin($"teams.{name}", ArtifactRules.CatalogueGroup));
            Contact(name, team, entity);
            yield return entity.Set("spec", new YamlMap().Set("type", "team")
                .Set("profile", Profile(name, team))
                .Set("parent", plan.Whole)
                .Set("children", new YamlList()));
        }
    }

    private static void Contact(string name, Team team, YamlMap entity)
    {
        if (team.Contact is { Length: > 0 } contact && !IsMail(contact))
        {
            var metadata = (YamlMap)entity["metadata"]!;
            var origin = new Origin($"teams.{name}.contact", ArtifactRules.CatalogueContact);
            metadata.Set("annotations", new YamlMap { Origin = origin }.Set("conway/contact", contact));
            if (Uri.TryCreate(contact, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
            {
                metadata.Set("links", new YamlList(new YamlMap { Origin = origin }.Set("url", uri.AbsoluteUri).Set("title", "Contact")));
            }
        }
    }

    private static YamlMap Profile(string name, Team team)
    {
        var profile = new YamlMap().Set("displayName", name);
        return team.Contact is { } contact && IsMail(contact) ? profile.Set("email", contact, ArtifactRules.CatalogueContact, $"teams.{name}.contact") : profile;
    }

    private static bool IsMail(string contact) => contact.Length > 2 && contact.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < contact.Length - 1 && !contact.Any(char.IsWhiteSpace) && !contact.Contains("://", StringComparison.Ordinal);
}
