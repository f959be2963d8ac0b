using System.Text.RegularExpressions;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;
using Conway.Findings;

namespace Conway.Artifacts.Observability;

/// <summary>Who is told: a configuration of Alertmanager with a way for each team and severity.</summary>
/// <remarks>A contact that is a channel, an address of the web, or one of mail with <c>deploy.mail</c> is taken as it is; any other needs what the model cannot say, and has a region to write it in.</remarks>
internal static partial class AlertRoutes
{
    /// <summary>The receiver of what belongs to nobody.</summary>
    public const string Nobody = "nobody";

    private const string SlackFile = "/etc/alertmanager/secrets/slack-api-url";

    private const string MailFile = "/etc/alertmanager/secrets/smtp-password";

    private static readonly string[] Severities = ["page", "ticket"];

    public static YamlMap Write(SystemPlan system, IReadOnlyList<ServicePlan> watched, List<Finding> findings)
    {
        var teams = watched.Select(service => service.Team).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        Check(system, watched, teams, findings);
        var ofSystem = $"system={PromText.Quoted(system.Model.System)}";
        var config = new YamlMap { Origin = new Origin("system", ArtifactRules.AlertRoute) };
        var common = new YamlMap();
        if (teams.Any(team => Channel().IsMatch(ContactOf(system, team) ?? "")))
        {
            common.Set("slack_api_url_file", SlackFile);
        }

        if (teams.Any(team => IsMail(system, ContactOf(system, team))))
        {
            var mail = system.Model.Deploy.Mail;
            common.Set("smtp_smarthost", mail.Smarthost!, ArtifactRules.AlertMail, "deploy.mail.smarthost").Set("smtp_from", mail.From!, ArtifactRules.AlertMail, "deploy.mail.from");
            if (mail.User is { } user)
            {
                common.Set("smtp_auth_username", user, ArtifactRules.AlertMail, "deploy.mail.user").Set("smtp_auth_password_file", MailFile, ArtifactRules.AlertMail, "deploy.mail.user");
            }
        }

        if (!common.IsEmpty)
        {
            config.Set("global", common);
        }

        return config
            .Set("route", new YamlMap()
                .Set("receiver", Nobody)
                .Set("group_by", new YamlList("system", "service", "slo"))
                .Set("group_wait", "30s").Set("group_interval", "5m").Set("repeat_interval", "4h")
                .Set("routes", new YamlList([.. teams.Select(team => Route(team, ofSystem)), new YamlKeep("routes") { Origin = new Origin("system", ArtifactRules.KeepRegion) }])))
            .Set("inhibit_rules", new YamlList(new YamlMap { Origin = new Origin("system", ArtifactRules.AlertInhibit) }
                .Set("source_matchers", new YamlList(ofSystem, "severity=\"page\""))
                .Set("target_matchers", new YamlList(ofSystem, "severity=\"ticket\""))
                .Set("equal", new YamlList("service", "slo"))))
            .Set("receivers", new YamlList([
                Receiver(system, Nobody, new Origin("system", ArtifactRules.AlertReceiver), null),
                .. teams.SelectMany(team => Severities.Select(severity => Receiver(system, NameOf(team, severity), new Origin($"teams.{team}", ArtifactRules.AlertReceiver), ContactOf(system, team))))]));
    }

    public static string NameOf(string team, string severity) => $"{team}-{severity}";

    private static YamlMap Route(string team, string ofSystem) => new YamlMap { Origin = new Origin($"teams.{team}", ArtifactRules.AlertRoute) }
        .Set("matchers", new YamlList(ofSystem, $"team={PromText.Quoted(team)}"))
        .Set("receiver", NameOf(team, "ticket"))
        .Set("routes", new YamlList(
            new YamlMap().Set("matchers", new YamlList("severity=\"page\"")).Set("receiver", NameOf(team, "page")).Set("group_wait", "10s").Set("repeat_interval", "1h"),
            new YamlMap().Set("matchers", new YamlList("severity=\"ticket\"")).Set("receiver", NameOf(team, "ticket")).Set("repeat_interval", "24h")));

    private static YamlMap Receiver(SystemPlan system, string name, Origin origin, string? contact)
    {
        var receiver = new YamlMap { Origin = origin }.Set("name", name);
        var path = $"{origin.Path}.contact";
        if (contact is not null && Channel().IsMatch(contact))
        {
            receiver.Set("slack_configs", new YamlList(new YamlMap()
                .Set("channel", contact)
                .Set("send_resolved", true)
                .Set("title", "{{ .CommonAnnotations.summary }}")
                .Set("text", "{{ range .Alerts }}{{ .Labels.alertname }} ({{ .Status }}): {{ .Annotations.description }}\n{{ end }}")), ArtifactRules.AlertReceiver, path);
        }
        else if (IsMail(system, contact))
        {
            receiver.Set("email_configs", new YamlList(new YamlMap()
                .Set("to", contact!)
                .Set("send_resolved", true)
                .Set("headers", new YamlMap().Set("Subject", "{{ .CommonAnnotations.summary }} ({{ .Status }})"))), ArtifactRules.AlertReceiver, path);
        }
        else if (contact is not null && Uri.TryCreate(contact, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            receiver.Set("webhook_configs", new YamlList(new YamlMap().Set("url", contact).Set("send_resolved", true)), ArtifactRules.AlertReceiver, path);
        }

        return receiver.KeepRegion(name, origin.Path);
    }

    private static void Check(SystemPlan system, IReadOnlyList<ServicePlan> watched, string[] teams, List<Finding> findings)
    {
        foreach (var team in teams.Where(team => ContactOf(system, team) is not { } contact || !(Channel().IsMatch(contact) || contact.StartsWith("http://", StringComparison.Ordinal) || contact.StartsWith("https://", StringComparison.Ordinal) || IsMail(system, contact))))
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.ReachesNobody,
                Message = ContactOf(system, team) is { } contact ? Mail().IsMatch(contact) ? $"Alerts of the team '{team}' reach nobody: '{contact}' is an address of mail, and the model has no deploy.mail.{(system.Model.Deploy.Mail.Smarthost is null ? "smarthost" : "from")}." : $"Alerts of the team '{team}' reach nobody: '{contact}' is neither a channel nor an address of the web or of mail." : $"Alerts of the team '{team}' reach nobody: it has no contact.",
                Mend = $"Write 'contact: \"#channel\"' or \"https://…\" at the team, or 'deploy: {{ mail: {{ smarthost: \"smtp.example.com:587\", from: alerts@example.com }} }}' for an address of mail; or a receiver of your own into the regions '{NameOf(team, "page")}' and '{NameOf(team, "ticket")}' of the configuration of Alertmanager.",
                ModelPath = $"teams.{team}",
            });
        }

        if (watched.FirstOrDefault(service => service.Team is null) is { } unowned)
        {
            findings.Add(new Finding
            {
                Rule = ArtifactFindings.ReachesNobody,
                Message = $"Alerts of '{unowned.Name}' reach nobody: it has no team.",
                Mend = $"Write 'team' at the service or at its context; or a receiver of your own into the region '{Nobody}' of the configuration of Alertmanager.",
                ModelPath = unowned.Path,
            });
        }
    }

    private static string? ContactOf(SystemPlan system, string team) => system.Model.Teams.TryGetValue(team, out var found) && found.Contact is { Length: > 0 } contact ? contact : null;

    private static bool IsMail(SystemPlan system, string? contact) => contact is not null && system.Model.Deploy.Mail is { Smarthost: not null, From: not null } && Mail().IsMatch(contact);

    // One address, and nothing that a template would take for its own.
    [GeneratedRegex(@"^[^@\s,;:<>""{}()]+@[^@\s,;:<>""{}()]+\.[^@\s,;:<>""{}().]+\z")]
    private static partial Regex Mail();

    // As Slack names them.
    [GeneratedRegex(@"^#[\p{L}\p{N}_-]{1,80}\z")]
    private static partial Regex Channel();
}
