using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

[Table("refunds")]
public class Refund : EntityBase
{
    public int PaymentId { get; set; }

    public Payment Payment { get; set; } = null!;

    public Money Amount { get; set; }

    public string Reason { get; set; } = "";

    public string ProviderReference { get; set; } = "";
}
