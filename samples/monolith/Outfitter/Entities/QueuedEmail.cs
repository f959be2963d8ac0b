using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>A mail that was or will be sent.</summary>
[Table("queued_emails")]
public class QueuedEmail : EntityBase
{
    public string Recipient { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Body { get; set; } = "";

    public DateTime? SentAt { get; set; }
}
