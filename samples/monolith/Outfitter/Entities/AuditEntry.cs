using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>Who changed which row, and when.</summary>
[Table("audit_entries")]
public class AuditEntry
{
    public int Id { get; set; }

    public DateTime At { get; set; }

    public string Who { get; set; } = "";

    public string Entity { get; set; } = "";

    public string Key { get; set; } = "";

    public string Action { get; set; } = "";
}
