// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits} from "../../contracts/interfaces/ICredits.sol";
import {Settlement} from "../../contracts/libraries/Settlement.sol";
import {CreditSignatures} from "./CreditSignatures.sol";
import {short, twin} from "./typedData.sol";
import {VM} from "./Vm.sol";

/// @dev What is wrong with the signature of a voucher row.
enum Flaw {
    None,
    AnotherSigner,
    AnotherSession,
    AnotherUse,
    AnotherChain,
    AnotherContract,
    Twin,
    Garbage
}

/// @notice Rows for `settle`, by whoever has the key, with one flaw or without.
library VoucherRows {
    function row(ICredits credits, bytes32 session, uint48 cumulative, bytes32 head, uint256 key, Flaw flaw)
        internal
        view
        returns (bytes memory)
    {
        bytes32 digest = _digest(credits, session, cumulative, head, flaw);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(flaw == Flaw.AnotherSigner ? key + 1 : key, digest);
        if (flaw == Flaw.Twin) (v, s) = twin(v, s);
        if (flaw == Flaw.Garbage) r = keccak256(abi.encode(r));
        return abi.encodePacked(session, cumulative, head, r, short(v, s));
    }

    function _digest(ICredits credits, bytes32 session, uint48 cumulative, bytes32 head, Flaw flaw)
        private
        view
        returns (bytes32)
    {
        if (flaw == Flaw.AnotherSession) session = ~session;
        if (flaw == Flaw.AnotherUse) cumulative -= 1;
        return CreditSignatures.digest(
            flaw == Flaw.AnotherContract ? ICredits(address(this)) : credits,
            flaw == Flaw.AnotherChain ? block.chainid + 1 : block.chainid,
            Settlement.voucherHash(session, cumulative, head)
        );
    }
}
